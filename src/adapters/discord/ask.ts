import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type BaseInteraction,
  InteractionResponseType,
} from "discord.js";
import type { CommandCall } from "#src/core/command.ts";
import type { Choice, Form } from "#src/core/form.ts";
import type { Inbound } from "#src/ports.ts";
import { type CallbackDeps, callBack, settledWithin } from "./callback.ts";
import { optionLabel } from "./components.ts";
import type { Grants } from "./grants.ts";
import { renderModal } from "./modal.ts";

/** Of the 3 s in which Discord takes an answer. */
const FORM_WITHIN_MS = 1_500;
const SUGGEST_WITHIN_MS = 2_000;
const MAX_CHOICES = 25;

export interface AskDeps extends CallbackDeps {
  inbound: Inbound;
  grants: Grants;
}

/**
 * Opens the form the call asks for, in place of acknowledging it. Returns false when there is none, when it takes too
 * long to find out, or when Discord would not show it: the call is then to be stored and run.
 */
export async function openForm(
  deps: AskDeps,
  interaction: BaseInteraction,
  call: CommandCall,
): Promise<boolean> {
  const form = await answerOf<Form | null>(deps, {
    ask: () => deps.inbound.form(call),
    withinMs: FORM_WITHIN_MS,
    otherwise: null,
    about: `${call.command} form`,
  });
  if (form === null) return false;
  if (call.caller.moderator && interaction.isCommand())
    deps.grants.give(call.caller, form.id, call.receivedAt);
  return callBack(deps, interaction, { type: InteractionResponseType.Modal, data: renderModal(form) });
}

/** Offers completions for what is being typed; none where that fails or takes too long. */
export async function offerChoices(
  deps: AskDeps,
  interaction: AutocompleteInteraction,
  call: CommandCall | null,
): Promise<void> {
  const { name, value, type } = interaction.options.getFocused(true);
  const choices =
    call === null
      ? []
      : await answerOf<Choice[]>(deps, {
          ask: () => deps.inbound.suggest(call, { name, typed: value }),
          withinMs: SUGGEST_WITHIN_MS,
          otherwise: [],
          about: `${call.command} completions`,
        });
  const isText = type === ApplicationCommandOptionType.String;
  const offered = choices.slice(0, MAX_CHOICES).map((choice) => ({
    name: optionLabel(choice),
    value: isText ? choice.value : Number(choice.value),
  }));
  await callBack(deps, interaction, {
    type: InteractionResponseType.ApplicationCommandAutocompleteResult,
    data: { choices: offered },
  });
}

interface Question<Answer> {
  ask: () => Promise<Answer>;
  withinMs: number;
  /** The answer of a question that failed or took too long. */
  otherwise: Answer;
  about: string;
}

async function answerOf<Answer>(
  { log }: AskDeps,
  { ask, withinMs, otherwise, about }: Question<Answer>,
): Promise<Answer> {
  const asked = async (): Promise<Answer> => ask();
  const answer = asked().catch((thrown: unknown) => {
    log.warn({ about, err: thrown }, "discord question not answered");
    return otherwise;
  });
  if (await settledWithin(answer, withinMs)) return answer;
  log.warn({ about, withinMs }, "discord question answered too late");
  return otherwise;
}
