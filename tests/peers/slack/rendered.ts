import { everyObject, objectsIn, textOf, type JsonObject } from "./json.ts";

/** What people see of a message. */
export interface Contents {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly parse?: string;
  readonly linkNames?: boolean;
}

const PING =
  /<!(?:channel|here|everyone)(?:\|[^>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g;
const PLAIN_PING = /(?<![\w.])@(?:channel|here|everyone)\b/g;
const ANGLE_LINK = /<((?:https?|mailto|tel|slack):[^|>\s]+)(?:\|[^>]*)?>/g;
const DATE_LINK = /<!date\^[^>^]*\^[^>^]*\^([^>|]+)(?:\|[^>]*)?>/g;
const MARKDOWN_LINK = /\]\(\s*<?((?:https?|mailto):[^)\s>]+)/g;
const BARE_LINK = /(?<![\w<|(/])https?:\/\/[^\s<>|)\]]+/g;
const LINK_KEYS = ["title_url", "title_link", "author_link", "from_url"];

/** Everything in the contents that would notify people, as written, without repeats: nobody is notified twice by one message. */
export function findPings(contents: Contents): string[] {
  const names = contents.parse === "full" || contents.linkNames === true;
  const pings: string[] = [];
  for (const { text } of markupIn(contents)) {
    pings.push(...(text.match(PING) ?? []));
    if (names) pings.push(...(text.match(PLAIN_PING) ?? []));
  }
  for (const part of richParts(contents)) {
    if (part["type"] === "user") pings.push(`<@${textOf(part["user_id"])}>`);
    if (part["type"] === "usergroup") pings.push(`<!subteam^${textOf(part["usergroup_id"])}>`);
    if (part["type"] === "broadcast") pings.push(`<!${textOf(part["range"])}>`);
  }
  return [...new Set(pings)];
}

/** Every address people can click, in order and without repeats; plain addresses that Slack makes links of are in it. */
export function findLinks(contents: Contents): string[] {
  const links: string[] = [];
  for (const { text, isShown, isLinkified, isMarkdown } of markupIn(contents)) {
    if (!isShown) continue;
    for (const pattern of [ANGLE_LINK, DATE_LINK, ...(isMarkdown ? [MARKDOWN_LINK] : [])]) {
      for (const match of text.matchAll(pattern)) links.push(match[1] ?? "");
    }
    if (!isLinkified) continue;
    const rest = text.replace(/<[^>]*>/g, " ").replace(MARKDOWN_LINK, " ");
    links.push(...(rest.match(BARE_LINK) ?? []).map((link) => link.replace(/[.,;:!?'"]+$/, "")));
  }
  for (const part of everyObject([...contents.blocks, ...contents.attachments])) {
    if (typeof part["url"] === "string" && part["type"] !== "image") links.push(part["url"]);
    for (const key of LINK_KEYS) if (typeof part[key] === "string") links.push(part[key]);
  }
  return [...new Set(links.map((link) => link.replaceAll("&amp;", "&")))];
}

interface Markup {
  readonly text: string;
  readonly isShown: boolean;
  readonly isLinkified: boolean;
  readonly isMarkdown: boolean;
}

/** The texts in which Slack reads control sequences; beside blocks the plain text only shows in notifications. */
function* markupIn(contents: Contents): Generator<Markup> {
  const isShown = contents.blocks.length === 0;
  yield { text: contents.text, isShown, isLinkified: contents.parse !== "none", isMarkdown: false };
  for (const part of everyObject([...contents.blocks, ...contents.attachments])) {
    const text = textOf(part["text"]);
    if (part["type"] === "mrkdwn")
      yield { text, isShown: true, isLinkified: part["verbatim"] !== true, isMarkdown: false };
    if (part["type"] === "markdown") yield { text, isShown: true, isLinkified: true, isMarkdown: true };
  }
  for (const attachment of contents.attachments) {
    const texts = [attachment["pretext"], attachment["text"]];
    for (const field of objectsIn(attachment["fields"])) texts.push(field["value"]);
    for (const text of texts)
      yield { text: textOf(text), isShown: true, isLinkified: true, isMarkdown: false };
  }
}

function* richParts(contents: Contents): Generator<JsonObject> {
  for (const part of everyObject([...contents.blocks, ...contents.attachments])) {
    if (part["type"] === "rich_text") yield* everyObject(part["elements"]);
  }
}
