import { openSqliteStore } from "#src/adapters/store/sqlite.ts";
import { renderDiscord } from "#src/adapters/discord/render.ts";
import { renderSlack } from "#src/adapters/slack/render.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { steppedDownText } from "#src/adapters/writer/openai-explain.ts";
import type { Entry } from "#src/core/article.ts";
import { briefReply, evidenceReply, NO_KEY } from "#src/core/brief-reply.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import type { Reply } from "#src/core/reply.ts";
import { createLog } from "#src/log.ts";
import { createClusters } from "#src/pipeline/clusters.ts";
import { ingest } from "#src/pipeline/ingest.ts";
import { createBriefWriter } from "#src/pipeline/write-brief.ts";
import type { Writer } from "#src/ports.ts";
import { pingsOf } from "#tests/peers/discord/pings.ts";
import { everyObject, parseJson, textOf } from "#tests/peers/slack/json.ts";
import { findLinks, findPings } from "#tests/peers/slack/rendered.ts";

/** What people in a channel get of an article. */
export interface Posted {
  /** All visible words of the post on both platforms, lower case. */
  shown: string;
  /** Mentions that would act and links that lead elsewhere than to the article. */
  acts: string[];
  /** Which writer wrote it. */
  writer: Writer["name"];
  /** Words of the claims that verification took out. */
  dropped: number;
}

export interface Road {
  brief: (entry: Entry, writers: readonly Writer[]) => Promise<Posted>;
  close: () => Promise<void>;
}

const LIMIT_MS = 60_000;

/** The whole way of an article: page, extraction, draft, verification, post. Only the network is left out. */
export async function openRoad(): Promise<Road> {
  const store = await openSqliteStore({ path: ":memory:" });
  const { reader, close } = createReader({ places: [] });
  const clock = (): Date => new Date("2026-03-03T10:00:00Z");
  const log = createLog({ level: "silent", format: "json" });
  const clusters = createClusters(store);
  return {
    brief: async (entry, writers) => {
      const signal = AbortSignal.timeout(LIMIT_MS);
      const { article, revision } = await ingest(
        { store, reader, clusters, directory: { grants: NO_GRANTS }, clock },
        { entry, source: null, by: "member" },
        signal,
      );
      const write = createBriefWriter({ store, writers, explain: steppedDownText, clock, log });
      const brief = await write({ article, revision, length: "standard", language: null, signal });
      const view = { brief, article, revision };
      const posts = [posted(briefReply(view, NO_KEY), entry.url), posted(evidenceReply(view, 0), entry.url)];
      return {
        shown: posts.map(({ shown }) => shown).join("\n"),
        acts: posts.flatMap(({ acts }) => acts),
        writer: brief.writer.name,
        dropped: brief.dropped.length,
      };
    },
    close: async () => {
      await close();
      await store.close();
    },
  };
}

function posted(reply: Reply, own: string | null): Pick<Posted, "shown" | "acts"> {
  const [discord, slack] = [discordPost(reply, own), slackPost(reply, own)];
  return {
    shown: `${discord.shown}\n${slack.shown}`.replace(/\s+/g, " ").toLowerCase(),
    acts: [...discord.acts, ...slack.acts],
  };
}

/** Discord's own links: masked, in angle brackets or bare; a backslash before one of their marks makes them text. */
const DISCORD_LINK =
  /(?<!\\)\]\(\s*<?([^)\s>]+)|(?<![\\\w/(<])((?:https?|discord):\/\/[^\s)>]+)|(?<!\\)<(https?:[^>\s]+)>/g;

function discordPost(reply: Reply, own: string | null): Pick<Posted, "shown" | "acts"> {
  const payload = renderDiscord(reply);
  const text = [payload.content, ...payload.embeds.map(({ description }) => description)].join("\n");
  const links = [...text.matchAll(DISCORD_LINK)].map(
    ([, masked, bare, angled]) => masked ?? bare ?? angled ?? "",
  );
  const pings = pingsOf(text, { allowed_mentions: { parse: ["everyone", "roles", "users"] } }, undefined);
  return {
    shown: text.replace(/\\(?=[^\w\s])/g, "").replace(/[\p{Cf}]/gu, ""),
    acts: [...pings, ...links.filter((link) => link !== own)],
  };
}

function slackPost(reply: Reply, own: string | null): Pick<Posted, "shown" | "acts"> {
  const payload = parseJson(JSON.stringify(renderSlack(reply))) ?? null;
  const objects = [...everyObject(payload)];
  const [message] = objects;
  const blocks = objects.filter((each) => typeof each["type"] === "string");
  const contents = { text: textOf(message?.["text"]), blocks, attachments: [] };
  const texts = objects.flatMap((each) => [textOf(each["text"]), textOf(each["fallback"])]);
  return {
    shown: texts.join("\n").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    acts: [...findPings(contents), ...findLinks(contents).filter((link) => link !== own)],
  };
}
