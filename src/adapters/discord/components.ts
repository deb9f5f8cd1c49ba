import { ButtonStyle, ComponentType } from "discord.js";
import type { Choice } from "#src/core/form.ts";
import type { Action, ReplyBlock } from "#src/core/reply.ts";
import { fitPlain } from "#src/core/visible-text.ts";

/** Discord's limits (API reference, "Component Reference"). */
const MAX_BUTTON_LABEL = 80;
const MAX_PLACEHOLDER = 150;
const MAX_OPTION_LABEL = 100;
const MAX_ROWS = 5;

/** Discord refuses an empty label. */
const NOTHING = "…";

interface Button {
  type: ComponentType.Button;
  style: ButtonStyle.Secondary;
  label: string;
  custom_id: string;
}

interface Select {
  type: ComponentType.StringSelect;
  custom_id: string;
  placeholder: string;
  options: SelectOption[];
}

export interface SelectOption {
  label: string;
  value: string;
  default?: true;
}

export interface Row {
  type: ComponentType.ActionRow;
  components: Button[] | [Select];
}

/** The buttons and menus of a reply, each block a row. Discord refuses two things of one id in a message, or an empty id. */
export function renderRows(blocks: readonly ReplyBlock[]): Row[] {
  const seen = new Set<string>();
  const isFree = (id: string): boolean => {
    const free = id !== "" && !seen.has(id);
    seen.add(id);
    return free;
  };
  const rows = blocks.flatMap((block): Row[] => {
    if (block.kind === "select") return isFree(block.id) ? toMenu(block) : [];
    if (block.kind !== "actions") return [];
    const components = block.actions.filter(({ id }) => isFree(id)).map(toButton);
    return components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }];
  });
  return rows.slice(0, MAX_ROWS);
}

/** The entries of a menu, each value once, with the chosen one marked. */
export function selectOptions(choices: readonly Choice[], chosen: string | null): SelectOption[] {
  const values = choices.map(({ value }) => value);
  const unique = choices.filter(({ value }, index) => value !== "" && values.indexOf(value) === index);
  return unique.map(({ value, label }) => ({
    label: optionLabel({ value, label }),
    value,
    ...(value === chosen ? { default: true } : {}),
  }));
}

/** A choice's label as Discord takes it: never empty. */
export function optionLabel({ value, label }: Choice): string {
  return fitPlain(label, MAX_OPTION_LABEL) || fitPlain(value, MAX_OPTION_LABEL) || NOTHING;
}

function toButton({ id, label }: Action): Button {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: fitPlain(label, MAX_BUTTON_LABEL) || NOTHING,
    custom_id: id,
  };
}

function toMenu({ id, label, choices }: Extract<ReplyBlock, { kind: "select" }>): Row[] {
  const options = selectOptions(choices, null);
  if (options.length === 0) return [];
  const placeholder = fitPlain(label, MAX_PLACEHOLDER);
  const menu: Select = { type: ComponentType.StringSelect, custom_id: id, placeholder, options };
  return [{ type: ComponentType.ActionRow, components: [menu] }];
}
