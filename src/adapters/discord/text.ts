/** Acts anywhere in a line: styles, code, spoilers, masked links, and `<` of mentions, channels, times and commands. */
const MARKUP = /[\\`*_~|[\]<]/g;
/** `https://…` and `discord.gg/…` act without any markup; the colon or slash written as a literal breaks them. */
const SCHEME = /:(?=\/|$)/g;
const INVITE = /(?<=\bdiscord(?:app)?\.(?:gg|com|new|me))\//gi;
/** Discord looks for pings before it reads escapes, so that these are broken by a character of no width. */
const PING = /@(?=everyone|here|[&!]?\d|$)/gi;
const NO_WIDTH = "\u200B";
/** Acts at the start of a line only: headings, quotes, lists, small print. */
const LINE_START = /^(?=[#>+-])/;
const NUMBERED = /^(\d+)(?=[.)])/;

/** A line that Discord shows as the characters it is given. */
export function escapeText(text: string): string {
  return text
    .replace(MARKUP, String.raw`\$&`)
    .replace(SCHEME, String.raw`\:`)
    .replace(INVITE, String.raw`\/`)
    .replace(PING, `@${NO_WIDTH}`);
}

/** Nothing can be escaped inside of code; the one character that ends it gives way to one that looks like it. */
export function escapeCode(text: string): string {
  return text.replaceAll("`", "ˋ").replace(PING, `@${NO_WIDTH}`);
}

/** As `escapeText`, for a text that stands at the start of a line. */
export function escapeLine(text: string): string {
  return escapeText(text).replace(LINE_START, "\\").replace(NUMBERED, "$1\\");
}
