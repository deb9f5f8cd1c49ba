import type { Deed } from "#src/core/authority.ts";

/** How a deed is done by hand: a command with its options, or a button of a post. */
export type Doing = { type: string; options: Readonly<Record<string, string>> } | { press: string };

/** What the doings are about. */
export interface About {
  url: string;
  text: string;
  brief: string;
  delivery: string;
  user: string;
}

/** Each deed as a person does it; a deed that is missing here does not compile. */
export function doings({ brief, delivery, text, url, user }: About): Record<Deed, Doing> {
  const say = (type: string, options: Readonly<Record<string, string>> = {}) => ({ type, options });
  return {
    "topics list": say("topics list"),
    "topics add": say("topics add", { query: "quay" }),
    "topics edit": say("topics edit", { topic: "Harbour", style: "compact" }),
    "topics remove": say("topics remove", { topic: "Harbour" }),
    "topics pause": say("topics pause", { topic: "Harbour" }),
    "topics resume": say("topics resume", { topic: "Harbour" }),
    "topics test": say("topics test", { query: "harbour" }),
    "topics start": say("topics start"),
    "sources list": say("sources list"),
    "sources add": say("sources add", { url }),
    "sources remove": say("sources remove", { source: "nothing" }),
    "sources health": say("sources health"),
    "sources import": say("sources import", { text: "<opml/>" }),
    "sources export": say("sources export"),
    "settings show": say("settings show"),
    "settings edit": say("settings edit", { zone: "Europe/Vienna" }),
    "settings allow": say("settings allow", { user }),
    "settings disallow": say("settings disallow", { user }),
    "settings log": say("settings log"),
    "settings undo": say("settings undo"),
    "settings budget": say("settings budget", { day: "1000" }),
    "brief link": say("brief", { link: "http://127.0.0.1:9/closed" }),
    "brief text": say("brief", { text }),
    "brief known": say("brief", { latest: "true" }),
    evidence: { press: `evidence:${brief}:${delivery}` },
    why: { press: `why:${delivery}` },
    wrong: { press: `wrong:${brief}:${delivery}` },
    "wrong take": { press: `wrong:take:${brief}:0` },
    "lede help": say("lede help"),
    "lede status": say("lede status"),
    "lede retry": say("lede retry"),
  };
}
