import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { z } from "zod";
import type { Choice, Form, FormField } from "#src/core/form.ts";
import { fitPlain } from "#src/core/visible-text.ts";
import { Handle } from "./handle.ts";
import { isCallable } from "./mention.ts";
import { plainText } from "./parts.ts";

/** Slack's limits (views and Block Kit reference: modal, select, option). */
const MAX_TITLE = 24;
const MAX_OPTION = 75;
const MAX_OPTIONS = 100;
const MAX_HINT = 200;
/** No id of Slack's is as long. */
const MAX_GROUP = 80;

const NOTHING = "…";
const CLOSE = "Cancel";
/** Nobody is called: an option of its own, since a choice in Slack's menus can not be taken back. */
const NOBODY: Choice = { value: "-", label: "Nobody" };
const EVERYONE: Choice[] = [
  { value: "here", label: "@here" },
  { value: "channel", label: "@channel" },
];
const GROUP_HINT = "here, channel, or the id of a user group (S…)";
const BAD_GROUP = `Use ${GROUP_HINT}.`;
/** Ends the id of an input for a user group, whose value is read with care. */
const GROUP_MARK = ":group";

/** What a form carries of the call that opened it: which form it is, and where the answer goes. */
export const FormOrigin = Handle.pick({
  channel: true,
  user: true,
  responseUrl: true,
  threadTs: true,
}).extend({
  form: z.string(),
});
export type FormOrigin = z.infer<typeof FormOrigin>;

export interface ViewParts {
  command: string;
  origin: FormOrigin;
  /** The workspace's user groups; null when Slack does not tell them. */
  groups: Choice[] | null;
}

/** A form as a modal; each field is a block named after its option. */
export function toView(form: Form, parts: ViewParts): ModalView {
  return {
    type: "modal",
    callback_id: parts.command,
    private_metadata: JSON.stringify(parts.origin),
    title: plainText(fitPlain(form.title, MAX_TITLE) || NOTHING),
    submit: plainText(fitPlain(form.submit, MAX_TITLE) || NOTHING),
    close: plainText(CLOSE),
    blocks: form.fields.map((field) => toInput(field, parts)),
  };
}

function toInput(field: FormField, parts: ViewParts): InputBlock {
  const isGroup = field.kind === "role" || field.kind === "mention";
  const isTyped = isGroup && parts.groups === null;
  const hint = [field.hint, isTyped ? GROUP_HINT : null].filter((part) => part !== null).join(" · ");
  const actionId = `${parts.command}:${field.name}${isGroup ? GROUP_MARK : ""}`;
  return {
    type: "input",
    block_id: field.name,
    label: plainText(fitPlain(field.label, MAX_OPTION) || field.name),
    ...(hint === "" ? {} : { hint: plainText(fitPlain(hint, MAX_HINT)) }),
    optional: !field.required,
    element: toElement(field, actionId, parts.groups),
  };
}

function toElement(field: FormField, actionId: string, groups: Choice[] | null): InputBlock["element"] {
  const { value } = field;
  const hasValue = value !== null && value !== "";
  switch (field.kind) {
    case "text":
      return textInput(actionId, { ...field, value: hasValue ? value : null });
    case "select":
      return menu(actionId, field.choices, value);
    case "channel":
      return {
        type: "conversations_select",
        action_id: actionId,
        filter: { include: ["public", "private"], exclude_bot_users: true },
        ...(hasValue ? { initial_conversation: value } : {}),
      };
    case "user":
      return { type: "users_select", action_id: actionId, ...(hasValue ? { initial_user: value } : {}) };
    case "role":
    case "mention": {
      if (groups === null) return textInput(actionId, { max: MAX_GROUP, lines: false, value });
      // Nobody can be in @here: it is only there to be called.
      const everyone = field.kind === "mention" ? EVERYONE : [];
      const known = [...(field.required ? [] : [NOBODY]), ...everyone, ...groups].slice(0, MAX_OPTIONS - 1);
      const isListed = !hasValue || known.some((choice) => choice.value === value);
      const choices = isListed ? known : [...known, { value, label: value }];
      return menu(actionId, choices, hasValue || field.required ? value : NOBODY.value);
    }
    default:
      return field satisfies never;
  }
}

function textInput(
  actionId: string,
  { max, lines, value }: { max: number; lines: boolean; value: string | null },
): InputBlock["element"] {
  return {
    type: "plain_text_input",
    action_id: actionId,
    multiline: lines,
    max_length: max,
    ...(value === null ? {} : { initial_value: value.slice(0, max) }),
  };
}

function menu(actionId: string, choices: readonly Choice[], value: string | null): InputBlock["element"] {
  const options = choices.map(toOption);
  const initial = options.find((option) => option.value === value);
  return {
    type: "static_select",
    action_id: actionId,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** A choice as an option of a menu, in a modal and in a message alike. */
export function toOption({ value, label }: Choice): PlainTextOption {
  return { value, text: plainText(fitPlain(label, MAX_OPTION) || NOTHING) };
}

/** What each kind of input holds once it is filled in. */
const Filled = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
  selected_user: z.string().nullish(),
});
export const FormState = z.object({ values: z.record(z.string(), z.record(z.string(), Filled)) });

export interface ReadForm {
  values: Record<string, string>;
  /** What is wrong, by field; Slack shows it there and lets the person try again. */
  errors: Record<string, string>;
}

/** What was filled in, by option; empty fields are left out. */
export function readForm(state: z.infer<typeof FormState>): ReadForm {
  const read: ReadForm = { values: {}, errors: {} };
  for (const [name, elements] of Object.entries(state.values)) {
    for (const [actionId, filled] of Object.entries(elements)) {
      const isGroup = actionId.endsWith(GROUP_MARK);
      const value = isGroup ? readGroup(givenIn(filled)) : givenIn(filled);
      if (value.trim() === "" || (isGroup && value === NOBODY.value)) continue;
      if (isGroup && !isCallable(value)) read.errors[name] = BAD_GROUP;
      else read.values[name] = value;
    }
  }
  return read;
}

function givenIn(filled: z.infer<typeof Filled>): string {
  return (
    filled.value ??
    filled.selected_option?.value ??
    filled.selected_conversation ??
    filled.selected_user ??
    ""
  );
}

/** A group as people write it: `S0123`, `<!subteam^S0123|@desk>`, `@here`. */
function readGroup(text: string): string {
  const [, id] = /^<!(?:subteam\^)?(\w+)(?:\|[^>]*)?>$/.exec(text.trim()) ?? [];
  return id ?? text.trim().replace(/^@/, "");
}
