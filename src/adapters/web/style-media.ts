import type { CssNode, FeatureRange } from "css-tree";
import parse from "css-tree/parser";

/** Widths of an ordinary desktop, in CSS pixels: what holds at one of them only is not certain. */
const WIDTHS = [1280, 1920] as const;
const HEIGHT = 900;
const PIXELS: Readonly<Record<string, number>> = { px: 1, em: 16, rem: 16 };

/** What a desktop browser with its settings untouched answers; other features are not known. */
const ANSWERS: Readonly<Record<string, string>> = {
  hover: "hover",
  "any-hover": "hover",
  pointer: "fine",
  "any-pointer": "fine",
  orientation: "landscape",
  "prefers-reduced-motion": "no-preference",
  "prefers-color-scheme": "light",
  "prefers-contrast": "no-preference",
  "forced-colors": "none",
  scripting: "enabled",
};

/** Whether a rule is in force: null where that depends on what is not known. */
export type Holds = boolean | null;

/** Whether a list of media queries holds on an ordinary desktop screen. */
export function mediaHolds(text: string): Holds {
  if (text.trim() === "") return true;
  const list = parsed(text);
  if (list?.type !== "MediaQueryList") return null;
  const answers = WIDTHS.map((width) =>
    anyOf(list.children.toArray().map((query) => queryHolds(query, width))),
  );
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? null) : null;
}

/** Null where it can not be read; the parser mends broken rules, but throws on a broken query. */
function parsed(text: string): CssNode | null {
  try {
    return parse(text, { context: "mediaQueryList" });
  } catch {
    return null;
  }
}

/** Both hold: false wins over what is not known. */
export function allOf(parts: readonly Holds[]): Holds {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

function anyOf(parts: readonly Holds[]): Holds {
  return negated(allOf(parts.map(negated)));
}

function negated(holds: Holds): Holds {
  return holds === null ? null : !holds;
}

function queryHolds(query: CssNode, width: number): Holds {
  if (query.type !== "MediaQuery") return null;
  const { modifier, mediaType, condition } = query;
  const type = mediaType?.toLowerCase() ?? "all";
  const whole = allOf([
    type === "all" || type === "screen",
    condition === null ? true : conditionHolds(condition, width),
  ]);
  return modifier?.toLowerCase() === "not" ? negated(whole) : whole;
}

function conditionHolds(node: CssNode, width: number): Holds {
  if (node.type === "Feature") return featureHolds(node.name.toLowerCase(), node.value, width);
  if (node.type === "FeatureRange") return rangeHolds(node, width);
  if (node.type !== "Condition") return null;
  const parts = node.children.toArray();
  const words = parts.flatMap((part) => (part.type === "Identifier" ? [part.name.toLowerCase()] : []));
  const answers = parts
    .filter((part) => part.type !== "Identifier")
    .map((part) => conditionHolds(part, width));
  if (words[0] === "not") return negated(answers[0] ?? null);
  return words.includes("or") ? anyOf(answers) : allOf(answers);
}

function featureHolds(name: string, value: CssNode | null, width: number): Holds {
  const known = ANSWERS[name];
  if (known !== undefined) {
    if (value === null) return known !== "none" && known !== "no-preference";
    return value.type === "Identifier" ? value.name.toLowerCase() === known : null;
  }
  const [, bound, side] = /^(?:(min|max)-)?(?:device-)?(width|height)$/.exec(name) ?? [];
  const limit = pixels(value);
  if (side === undefined || limit === null) return null;
  const size = side === "width" ? width : HEIGHT;
  if (bound === "min") return size >= limit;
  return bound === "max" ? size <= limit : size === limit;
}

/** `(width >= 600px)` and `(400px <= width <= 900px)`. */
function rangeHolds(range: FeatureRange, width: number): Holds {
  const size = (node: CssNode | null): number | null => {
    if (node?.type !== "Identifier") return pixels(node);
    const name = node.name.toLowerCase();
    return name === "width" ? width : name === "height" ? HEIGHT : null;
  };
  const first = compared(size(range.left), range.leftComparison, size(range.middle));
  if (range.rightComparison === null) return first;
  return allOf([first, compared(size(range.middle), range.rightComparison, size(range.right))]);
}

function compared(left: number | null, sign: string, right: number | null): Holds {
  if (left === null || right === null) return null;
  if (sign === "=") return left === right;
  if (left === right) return sign.endsWith("=");
  return sign.startsWith("<") ? left < right : left > right;
}

function pixels(value: CssNode | null): number | null {
  if (value?.type === "Number") return Number(value.value) === 0 ? 0 : null;
  if (value?.type !== "Dimension") return null;
  const unit = PIXELS[value.unit.toLowerCase()];
  return unit === undefined ? null : Number(value.value) * unit;
}
