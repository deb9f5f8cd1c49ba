import type { Component } from "./model.ts";
import type { Problem } from "./judge-spec.ts";

type Path = readonly PropertyKey[];
export type PlacedComponent = { readonly component: Component; readonly path: Path };

/** Limits of Discord's component reference that its published schemas do not state. */
const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;
const MAX_ROWS = 5;
const MAX_BUTTONS_IN_ROW = 5;

const ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const TEXT_INPUT = 4;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;
const BUTTON_SCHEMES = ["http:", "https:", "discord:"];
const MEDIA_SCHEMES = ["http:", "https:", "attachment:"];

/** Judges the components of a message; `isV2` is whether the message carries the components V2 flag. */
export function judgeComponents(components: readonly Component[], isV2: boolean): Problem[] {
  const placed = placeComponents(components, ["components"]);
  const problems = isV2 ? judgeV2(placed) : judgeLegacy(components);
  const misplaced = placed
    .filter(({ component }) => component.type === TEXT_INPUT || component.type === LABEL)
    .map(({ path }) =>
      problem([...path, "type"], "UNION_TYPE_CHOICES", "A message has no inputs of its own."),
    );
  return [...problems, ...misplaced, ...judgeIds(placed), ...placed.flatMap(judgeComponent)];
}

/** Every component with its place, at any depth. */
export function placeComponents(components: readonly Component[], path: Path): PlacedComponent[] {
  return components.flatMap((component, index) => placeOne(component, [...path, index]));
}

export function urlScheme(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).protocol : undefined;
}

function placeOne(component: Component, path: Path): PlacedComponent[] {
  const inner = [
    ...placeComponents(component.components ?? [], [...path, "components"]),
    ...(component.accessory ? placeOne(component.accessory, [...path, "accessory"]) : []),
    ...(component.component ? placeOne(component.component, [...path, "component"]) : []),
  ];
  return [{ component, path }, ...inner];
}

function judgeV2(placed: readonly PlacedComponent[]): Problem[] {
  const problems: Problem[] = [];
  if (placed.length > MAX_COMPONENTS) {
    problems.push(
      problem(["components"], "COMPONENT_MAX_TOTAL", `${placed.length} components in all; 40 are allowed.`),
    );
  }
  const texts = placed.filter(({ component }) => component.type === TEXT_DISPLAY);
  const length = texts.reduce((sum, { component }) => sum + (component.content ?? "").length, 0);
  if (length > MAX_TEXT) {
    problems.push(
      problem(["components"], "COMPONENT_TEXT_MAX_TOTAL", `${length} characters in all; 4000 are allowed.`),
    );
  }
  return problems;
}

function judgeLegacy(components: readonly Component[]): Problem[] {
  const problems = components.flatMap((component, index) =>
    component.type === ROW
      ? []
      : [
          problem(
            ["components", index, "type"],
            "UNION_TYPE_CHOICES",
            'Value of field "type" must be one of (1,).',
          ),
        ],
  );
  if (components.length > MAX_ROWS) {
    problems.push(problem(["components"], "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length."));
  }
  return problems;
}

export function judgeIds(placed: readonly PlacedComponent[]): Problem[] {
  const problems: Problem[] = [];
  const customIds = new Set<string>();
  const ids = new Set<number>();
  for (const { component, path } of placed) {
    const { custom_id: customId, id } = component;
    if (customId && customIds.has(customId)) {
      problems.push(
        problem(
          [...path, "custom_id"],
          "COMPONENT_CUSTOM_ID_DUPLICATED",
          "Component custom id cannot be duplicated",
        ),
      );
    }
    if (id && ids.has(id))
      problems.push(problem([...path, "id"], "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated"));
    if (customId) customIds.add(customId);
    if (id) ids.add(id);
  }
  return problems;
}

export function judgeComponent(placed: PlacedComponent): Problem[] {
  const { component, path } = placed;
  if (component.type === ROW) return judgeRow(placed);
  if (component.type === BUTTON) return judgeButton(placed);
  if (component.type === STRING_SELECT) return judgeSelect(placed);
  if (component.type === TEXT_INPUT) return judgeTextInput(placed);
  if (component.type === TEXT_DISPLAY && (component.content ?? "").trim() === "") {
    return [problem([...path, "content"], "BASE_TYPE_REQUIRED", "This field is required")];
  }
  const url = component.media?.url;
  if (url && !MEDIA_SCHEMES.includes(urlScheme(url) ?? "")) {
    return [
      problem([...path, "media", "url"], "URL_TYPE_INVALID_SCHEME", `Scheme of "${url}" is not supported.`),
    ];
  }
  return [];
}

function judgeRow({ component, path }: PlacedComponent): Problem[] {
  const kinds = (component.components ?? []).map((inner) => inner.type);
  const buttons = kinds.filter((type) => type === BUTTON).length;
  const others = kinds.length - buttons;
  if (buttons > MAX_BUTTONS_IN_ROW || others > 1 || (buttons > 0 && others > 0)) {
    return [
      problem(
        [...path, "components"],
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        "The specified component exceeds the maximum width",
      ),
    ];
  }
  return [];
}

function judgeButton({ component, path }: PlacedComponent): Problem[] {
  const problems: Problem[] = [];
  const { style, custom_id: customId, url, label, emoji, sku_id: skuId } = component;
  const isLink = style === LINK_STYLE;
  const isPremium = style === PREMIUM_STYLE;
  if (isLink !== Boolean(url)) {
    problems.push(
      problem(
        [...path, "url"],
        "BUTTON_COMPONENT_URL",
        "A link button needs a url, and no other may have one",
      ),
    );
  }
  if ((isLink || isPremium) === Boolean(customId)) {
    problems.push(
      problem(
        [...path, "custom_id"],
        "BUTTON_COMPONENT_CUSTOM_ID",
        "A button needs a custom id, unless it is a link or premium",
      ),
    );
  }
  if (isPremium !== Boolean(skuId))
    problems.push(problem([...path, "sku_id"], "BUTTON_COMPONENT_SKU", "Only a premium button has a sku"));
  if (!isPremium && !label?.trim() && !emoji) {
    problems.push(
      problem([...path, "label"], "BUTTON_COMPONENT_LABEL", "A button needs a label or an emoji"),
    );
  }
  if (url && !BUTTON_SCHEMES.includes(urlScheme(url) ?? "")) {
    problems.push(
      problem([...path, "url"], "URL_TYPE_INVALID_SCHEME", `Scheme of "${url}" is not supported.`),
    );
  }
  return problems;
}

function judgeSelect({ component, path }: PlacedComponent): Problem[] {
  const problems: Problem[] = [];
  const options = component.options ?? [];
  const values = options.map((option) => option.value);
  const max = component.max_values ?? 1;
  if (new Set(values).size < values.length) {
    problems.push(
      problem(
        [...path, "options"],
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        "Option values must be unique",
      ),
    );
  }
  if ((component.min_values ?? 1) > max || max > options.length) {
    problems.push(
      problem(
        [...path, "max_values"],
        "BASE_TYPE_BAD",
        "min_values ≤ max_values ≤ number of options must hold",
      ),
    );
  }
  if (options.filter((option) => option.default).length > max) {
    problems.push(
      problem(
        [...path, "options"],
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
        "More defaults than max_values",
      ),
    );
  }
  return problems;
}

function judgeTextInput({ component, path }: PlacedComponent): Problem[] {
  const max = component.max_length ?? MAX_TEXT;
  const value = typeof component.value === "string" ? component.value : "";
  if ((component.min_length ?? 0) <= max && value.length <= max) return [];
  return [
    problem(
      [...path, "value"],
      "BASE_TYPE_BAD_LENGTH",
      "min_length ≤ max_length and the value within them must hold",
    ),
  ];
}

function problem(path: Path, code: string, message: string): Problem {
  return { path, code, message };
}
