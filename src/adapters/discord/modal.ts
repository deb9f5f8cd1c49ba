import { ComponentType, type ModalSubmitInteraction, TextInputStyle } from "discord.js";
import type { Form, FormField } from "#src/core/form.ts";
import { fitPlain } from "#src/core/visible-text.ts";
import { selectOptions } from "./components.ts";
import { POSTABLE_TYPES } from "./register-options.ts";

/** Discord's limits (API reference, "Modals", "Label"). */
const MAX_TITLE = 45;
const MAX_LABEL = 45;
const MAX_HINT = 100;

/** Discord refuses an empty title and an empty label. */
const NOTHING = "…";

/** A form as Discord's modal: each field below a label of its own, known by the option's name. */
export function renderModal(form: Form): object {
  return {
    custom_id: form.id,
    title: fitPlain(form.title, MAX_TITLE) || NOTHING,
    components: form.fields.map((field) => {
      const hint = fitPlain(field.hint ?? "", MAX_HINT);
      return {
        type: ComponentType.Label,
        label: fitPlain(field.label, MAX_LABEL) || NOTHING,
        ...(hint === "" ? {} : { description: hint }),
        component: toInput(field),
      };
    }),
  };
}

/** What was put in, by the options' names; what was left empty is left out. */
export function readValues({ fields }: ModalSubmitInteraction): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, field] of fields.fields) {
    const [chosen] = "values" in field ? field.values : [];
    const value = chosen ?? ("value" in field && typeof field.value === "string" ? field.value : "");
    if (value.trim() !== "") values[name] = value;
  }
  return values;
}

type Picker = "channel" | "role" | "mention" | "user";
const PICKERS = {
  channel: { type: ComponentType.ChannelSelect, channel_types: [...POSTABLE_TYPES] },
  role: { type: ComponentType.RoleSelect },
  mention: { type: ComponentType.RoleSelect },
  user: { type: ComponentType.UserSelect },
} as const satisfies Record<Picker, object>;

function toInput(field: FormField): object {
  const common = { custom_id: field.name, required: field.required };
  switch (field.kind) {
    case "text":
      return { ...common, ...textInput(field) };
    case "select":
      return {
        ...common,
        ...atMostOne(field),
        type: ComponentType.StringSelect,
        options: selectOptions(field.choices, field.value),
      };
    case "channel":
    case "role":
    case "mention":
    case "user":
      return { ...common, ...atMostOne(field), ...PICKERS[field.kind], ...preset(field.kind, field.value) };
    default:
      return field satisfies never;
  }
}

function textInput({ lines, max, value }: Extract<FormField, { kind: "text" }>): object {
  // A cut may fall into the middle of a character.
  const text = (value ?? "").slice(0, max).toWellFormed();
  return {
    type: ComponentType.TextInput,
    style: lines ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: max,
    ...(text === "" ? {} : { value: text }),
  };
}

/** A menu asks for one entry unless it is told that none will do as well. */
function atMostOne({ required }: FormField): { min_values: number; max_values: number } {
  return { min_values: required ? 1 : 0, max_values: 1 };
}

function preset(picker: Picker, id: string | null): object {
  const type = picker === "mention" ? "role" : picker;
  return id === null ? {} : { default_values: [{ id, type }] };
}
