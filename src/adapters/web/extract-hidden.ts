import type { TreeElement } from "./extract-tree.ts";

const END = String.raw`\s*(?:!important\s*)?(?:;|$)`;
const HIDDEN_STYLE = new RegExp(
  [
    String.raw`display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)`,
    String.raw`font-size\s*:\s*(?:0+(?:\.0\d*)?|\.0\d*)(?:px|pt|em|rem|%)?${END}|font-size\s*:\s*(?:0?\.\d+|[01](?:\.\d+)?)(?:px|pt)`,
    String.raw`opacity\s*:\s*(?:0+(?:\.0\d*)?|\.0\d*)%?${END}`,
    String.raw`(?:left|top|text-indent)\s*:\s*-\d{3,}|(?:right|bottom)\s*:\s*-\d{4,}|translate[xy3d]*\(\s*-\d{4,}`,
    String.raw`clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|scale[xy3d]*\(\s*0\s*[,)]`,
  ].join("|"),
  "i",
);
/** Both together hide; two patterns, since one over both reads a long attribute again and again. */
const NO_SIZE = /(?:^|[;\s-])(?:height\s*:\s*0(?![.\d])|(?:height|width)\s*:\s*[01]px)/i;
const NO_OVERFLOW = /overflow(?:-[xy])?\s*:\s*(?:hidden|clip)/i;
const HIDDEN_CLASS =
  /(?:^|\s)(?:sr-only|visually-?hidden|u-visually-hidden|screen-reader-text|screenreader|element-invisible|a11y-hidden|d-none|is-hidden|hide-text)(?:\s|$)/i;
const COLOUR = /(?:^|;)\s*color\s*:\s*([^;]+)/i;
const BACKGROUND = /(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)/i;
/** Differences of one channel, of 255, that no eye tells apart. */
const NO_DIFFERENCE = 12;
/** How far up a background is looked for: boxes nest, and each text is asked for. */
const MAX_UP = 12;

/** Text that a reader of the page does not see: hidden by attribute or inline style, or meant for machines. */
export function isHidden(element: TreeElement): boolean {
  const { attributes } = element;
  if ("hidden" in attributes && attributes["hidden"] !== "until-found") return true;
  if (attributes["aria-hidden"] === "true") return true;
  if (element.tag === "font" && isUnseen(attributes["color"], element)) return true;
  const style = attributes["style"];
  if (style !== undefined && isHiddenStyle(style, element)) return true;
  const classes = attributes["class"];
  return classes !== undefined && HIDDEN_CLASS.test(classes);
}

/** Whether declarations, as a `style` attribute has them, take the element's text out of sight. */
export function isHiddenStyle(style: string, element: TreeElement): boolean {
  return (
    HIDDEN_STYLE.test(style) ||
    (NO_SIZE.test(style) && NO_OVERFLOW.test(style)) ||
    isUnseen(COLOUR.exec(style)?.[1], element, style)
  );
}

/** Whether one declaration takes text out of sight, alone or together with another that cuts off what overflows. */
export function isHidingPart(declaration: string): boolean {
  return HIDDEN_STYLE.test(declaration) || NO_SIZE.test(declaration);
}

/** Whether a colour is that of the background it stands on, as far as the page itself gives both. */
function isUnseen(value: string | undefined, element: TreeElement, style?: string): boolean {
  const colour = colourOf(value);
  if (colour === null) return false;
  if (colour === "transparent") return true;
  const behind = backgroundOf(element, style);
  return behind !== null && colour.every((part, i) => Math.abs(part - (behind[i] ?? 0)) <= NO_DIFFERENCE);
}

/** The nearest inline background; null where only a style sheet could know. */
function backgroundOf(element: TreeElement, style?: string): Colour | null {
  let at: TreeElement | null = element;
  for (let up = 0; at !== null && up < MAX_UP; up++, at = at.parent) {
    const own = (at === element ? style : undefined) ?? at.attributes["style"] ?? "";
    const given = BACKGROUND.exec(own)?.[1] ?? at.attributes["bgcolor"];
    const colour = colourOf(given);
    if (colour !== null && colour !== "transparent") return colour;
    // A picture or a gradient: what lies behind the text is not known.
    if (given !== undefined && colour === null) return null;
  }
  return null;
}

type Colour = readonly [red: number, green: number, blue: number];

const NAMED: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  black: [0, 0, 0],
};

/** The forms in which pages give colours; null for others. */
function colourOf(value: string | undefined): Colour | "transparent" | null {
  const word =
    value
      ?.toLowerCase()
      .replace(/!important/, "")
      .trim() ?? "";
  if (word === "transparent") return "transparent";
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(word)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const parts = /^rgba?\(([\d.,\s/%]+)\)$/
    .exec(word)?.[1]
    ?.split(/[\s,/]+/)
    .filter((part) => part !== "");
  if (parts === undefined) return NAMED[word] ?? null;
  const [red = 0, green = 0, blue = 0, opacity = 1] = parts.map(Number.parseFloat);
  return opacity === 0 ? "transparent" : [red, green, blue];
}

function fromHex(hex: string): Colour | "transparent" {
  const long = hex.length < 6 ? Array.from(hex, (digit) => digit + digit).join("") : hex;
  if (long.length === 8 && long.endsWith("00")) return "transparent";
  const part = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}
