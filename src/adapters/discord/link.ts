import type { ReplyBlock } from "#src/core/reply.ts";
import { cleanText, fitText } from "#src/core/visible-text.ts";
import { escapeText } from "./text.ts";

const MAX_LABEL = 100;
/** Beyond this nothing of the message would be left beside it; browsers end sooner. */
const MAX_URL = 3_500;
/** End a masked link, or escape what follows, although RFC 3986 lets them stand in an address. */
const ENDS_LINK = /[()<>\\`\s]/g;

type Link = Extract<ReplyBlock, { kind: "link" }>;

/**
 * "Source: [label](url)", never cut. The host is shown where the label does not say it, since the label is the page's
 * own claim. Where a link would unfurl, the angle brackets keep it from making a second card.
 */
export function linkLine({ url, label }: Link, unfurls: boolean): string {
  const shown = fitText(cleanText(label).trim(), { max: MAX_LABEL, escape: escapeText });
  const address = safeAddress(url);
  if (address === null) return `Source: ${shown}`;
  const host = new URL(address).host;
  const target = unfurls ? `<${address}>` : address;
  const name = shown === "" ? escapeText(host) : shown;
  return `Source: [${name}](${target})${shown.includes(escapeText(host)) || shown === "" ? "" : ` · ${escapeText(host)}`}`;
}

/** The address as a masked link can hold it, or null when Discord would not link it. */
export function safeAddress(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) return null;
  const address = parsed.href.replace(ENDS_LINK, percentEncode);
  return address.length <= MAX_URL ? address : null;
}

function percentEncode(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
}
