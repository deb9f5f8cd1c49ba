import { isHiddenStyle } from "./extract-hidden.ts";
import type { TreeElement } from "./extract-tree.ts";
import type { Values } from "./style-cascade.ts";

/** What children take over from their parent, and may set anew. */
export const INHERITED = ["visibility", "font-size", "text-indent", "color"] as const;
export type Inherited = (typeof INHERITED)[number];

const OF_TEXT: ReadonlySet<string> = new Set([...INHERITED, "background"]);
/** What an animation may bring back. */
const ANIMATED = new Set(["visibility", "opacity", "transform", "clip", "clip-path"]);
const OFFSETS = new Set(["left", "top", "right", "bottom"]);
const HEIGHTS = new Set(["height", "max-height"]);
/** Values that say the same as the parent's, or a part of it. */
const AS_PARENT =
  /^(?:inherit|unset|revert|revert-layer|smaller|larger|currentcolor|-?[\d.]+(?:em|%|ex|ch))$/;

/** Whether an element with these values is out of sight with all that is in it. */
export function hidesBox(element: TreeElement, values: Values, keyframes: ReadonlySet<string>): boolean {
  const isPlaced = /^(?:absolute|fixed|relative|sticky)/.test(valueOf(values, "position"));
  const isAnimated = startsAnimation(values, keyframes);
  // A box of no height that is padded holds a picture or a player in proportion.
  const isPadded = ["padding", "padding-top", "padding-bottom"].some((name) =>
    /\d\d|\d%/.test(valueOf(values, name)),
  );
  return isHiddenStyle(
    styleOf(values, (name) => {
      if (OF_TEXT.has(name)) return false;
      if (OFFSETS.has(name)) return isPlaced;
      if (HEIGHTS.has(name)) return !isPadded;
      return !(isAnimated && ANIMATED.has(name));
    }),
    element,
  );
}

/** Whether these values hide the element's own text, show it, or leave that to the element around it (null). */
export function hidesText(
  property: Inherited,
  element: TreeElement,
  { values, keyframes }: { values: Values; keyframes: ReadonlySet<string> },
): boolean | null {
  const value = valueOf(values, property);
  if (value === "" || AS_PARENT.test(value)) return null;
  if (property === "color" && (/\btext\b/.test(valueOf(values, "background-clip")) || hasShadow(values)))
    return false;
  if (ANIMATED.has(property) && startsAnimation(values, keyframes)) return false;
  const names: readonly string[] = property === "color" ? ["color", "background"] : [property];
  return isHiddenStyle(
    styleOf(values, (name) => names.includes(name)),
    element,
  );
}

/** Blurred text shows by its shadow alone. */
function hasShadow(values: Values): boolean {
  return !/^(?:none|)$/.test(valueOf(values, "text-shadow"));
}

function startsAnimation(values: Values, keyframes: ReadonlySet<string>): boolean {
  return valueOf(values, "animation")
    .split(/[\s,]+/)
    .some((word) => keyframes.has(word));
}

function styleOf(values: Values, takes: (name: string) => boolean): string {
  return [...values.values()]
    .filter(({ property }) => takes(property))
    .map(({ property, value }) => `${property}:${value}`)
    .join(";");
}

function valueOf(values: Values, property: string): string {
  return values.get(property)?.value ?? "";
}
