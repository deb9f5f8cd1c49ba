import { judgeComponent, judgeIds, placeComponents, type PlacedComponent } from "./judge-components.ts";
import type { Problem } from "./judge-spec.ts";
import type { Component } from "./model.ts";

/** Kinds of components, by Discord's component reference. */
export const KIND = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  textDisplay: 10,
  label: 18,
} as const;

/** Limits of the component reference that the published schemas do not state. */
const MAX_COMPONENTS = 5;
const ON_TOP: readonly number[] = [KIND.row, KIND.textDisplay, KIND.label];
/** Menus of every kind. */
export const SELECTS: readonly number[] = [
  KIND.stringSelect,
  KIND.userSelect,
  KIND.roleSelect,
  KIND.mentionableSelect,
  KIND.channelSelect,
];

/** Judges what a modal shows: labels with one input each, at most five. */
export function judgeModal(modal: { title: string; components: readonly Component[] }): Problem[] {
  const { title, components } = modal;
  const placed = placeComponents(components, ["data", "components"]);
  const problems = judgeIds(placed);
  if (title.trim() === "") problems.push(required(["data", "title"]));
  if (components.length > MAX_COMPONENTS)
    problems.push(
      problem(["data", "components"], "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."),
    );
  for (const [index, { type }] of components.entries()) {
    if (!ON_TOP.includes(type))
      problems.push(
        problem(["data", "components", index, "type"], "UNION_TYPE_CHOICES", "Not at the top of a modal."),
      );
  }
  return [...problems, ...placed.flatMap(judgeComponent), ...placed.flatMap(judgeInput)];
}

function judgeInput({ component, path }: PlacedComponent): Problem[] {
  if (component.type === KIND.label) return judgeLabel({ component, path });
  if (component.type === KIND.textInput) return judgeText({ component, path });
  if (SELECTS.includes(component.type)) return judgeMenu({ component, path });
  if (component.type === KIND.button)
    return [problem([...path, "type"], "UNION_TYPE_CHOICES", "A modal has no buttons of its own.")];
  return [];
}

function judgeLabel({ component, path }: PlacedComponent): Problem[] {
  const problems: Problem[] = [];
  if (!component.label?.trim()) problems.push(required([...path, "label"]));
  const { component: inner } = component;
  if (inner?.type === KIND.textInput && inner.label)
    problems.push(
      problem(
        [...path, "component", "label"],
        "COMPONENT_LABEL_TWICE",
        "An input in a label has no label of its own.",
      ),
    );
  return problems;
}

function judgeText({ component, path }: PlacedComponent): Problem[] {
  const { value, min_length: min } = component;
  if (typeof value !== "string" || value === "" || value.length >= (min ?? 0)) return [];
  return [problem([...path, "value"], "BASE_TYPE_BAD_LENGTH", "The value is shorter than min_length.")];
}

function judgeMenu({ component, path }: PlacedComponent): Problem[] {
  const problems: Problem[] = [];
  const isRequired = component.required !== false;
  if (isRequired && component.min_values === 0)
    problems.push(
      problem(
        [...path, "min_values"],
        "SELECT_COMPONENT_MIN_VALUES",
        "min_values must be at least 1 when required.",
      ),
    );
  if (component.disabled)
    problems.push(
      problem([...path, "disabled"], "MODAL_COMPONENT_DISABLED", "Nothing in a modal can be disabled."),
    );
  const chosen = component.default_values?.length ?? 0;
  if (chosen > (component.max_values ?? 1))
    problems.push(
      problem(
        [...path, "default_values"],
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
        "More defaults than max_values",
      ),
    );
  return problems;
}

function required(path: readonly PropertyKey[]): Problem {
  return problem(path, "BASE_TYPE_REQUIRED", "This field is required");
}

function problem(path: readonly PropertyKey[], code: string, message: string): Problem {
  return { path, code, message };
}
