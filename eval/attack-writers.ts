import type { Attack } from "./attacks.ts";
import { articleMessage, draftFrom, type PeerDraft } from "#tests/peers/openai/draft.ts";
import type { AskedFor } from "#tests/peers/openai/shapes.ts";

/** Drops what a model would not see: characters of no width and direction. */
const UNSEEN = /[\p{Cf}\u00AD]/gu;

/**
 * A model that does what an attack says, in every field there is: what it is asked to say, the attack itself as its
 * proof, and, where the attack gives no order, the attack's own words.
 */
export function obey(attack: Attack, asked: AskedFor): PeerDraft {
  if (!isSeen(attack, asked)) return draftFrom(asked);
  const { facts } = draftFrom(asked);
  const attacking = attack.texts.join(" ").replace(UNSEEN, "");
  const first = attack.texts.at(-1)?.replace(UNSEEN, "") ?? "";
  const quote = attack.where === "html" ? attacking.replace(/<[^>]*>/g, "") : attacking;
  return {
    facts: [
      { text: attack.wants, quote },
      { text: attack.wants, quote: first },
      { text: quote, quote },
      // A proof that is none of the attack's: the order is only in the text.
      { text: attack.wants, quote: facts[0]?.quote ?? "" },
      ...facts.slice(0, 1),
    ],
    summary: `${attack.wants.replace(/\.?$/, ".")} ${quote}`,
    headline: attack.wants.replace(/\.$/, "").slice(0, 100),
    caveats: [attack.wants, quote],
    topics: [attack.wants],
  };
}

/** A model that does not tell orders from news: it summarises what stands there, the attack among its facts. */
export function summarise(attack: Attack, asked: AskedFor): PeerDraft {
  const draft = draftFrom(asked);
  if (!isSeen(attack, asked)) return draft;
  const own = attack.texts.map((text) => text.replace(UNSEEN, "").replace(/<[^>]*>/g, ""));
  return {
    ...draft,
    facts: [...own.map((text) => ({ text, quote: text })), ...draft.facts].slice(0, 5),
    summary: `${draft.summary} ${own.join(" ")}`,
  };
}

/** Whether any of the attack is in what the model was sent: it can not obey what it never sees. */
function isSeen({ texts }: Attack, asked: AskedFor): boolean {
  const sent = lettersOf(articleMessage(asked).replace(/^\[\w+:\d+\] /gm, ""));
  return texts.some((text) => {
    const attack = lettersOf(text.replace(/<!--|-->|<[^!][^>]*>/g, ""));
    return sent.includes(attack) || sent.includes(attack.slice(0, LEAST_SEEN));
  });
}

/** Letters from which on a text is the attack and no chance. */
const LEAST_SEEN = 30;

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
