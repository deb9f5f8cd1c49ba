import { setTimeout as sleep } from "node:timers/promises";
import type { CommandCall } from "#src/core/command.ts";
import { toAppError } from "#src/core/errors.ts";
import type { Choice, Form } from "#src/core/form.ts";
import type { Log } from "#src/log.ts";
import type { Inbound } from "#src/ports.ts";
import type { Api } from "./api.ts";
import type { Directory } from "./directory.ts";
import { slackError, toPlatformError } from "./errors.ts";
import { toView } from "./form-view.ts";
import { parseHandle } from "./handle.ts";

/** Slack opens a form only in the first 3 s: whoever asks for one has half of them. */
const ASK_WITHIN_MS = 1_500;
const GROUPS_WITHIN_MS = 500;
const OPEN_WITHIN_MS = 5_000;

export interface FormDeps {
  api: Api;
  directory: Directory;
  inbound: Inbound;
  log: Log;
}

/** The form to open in place of the call; null where there is none, where asking fails, or takes too long. */
export async function askForm({ inbound, log }: FormDeps, call: CommandCall): Promise<Form | null> {
  const timer = new AbortController();
  const late = sleep(ASK_WITHIN_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error("asking for a form took too long");
  });
  try {
    return await Promise.race([inbound.form(call), late]);
  } catch (thrown) {
    log.warn({ command: call.command, err: toAppError(thrown) }, "slack form not known");
    return null;
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}

/** Opens the form for the person who gave the call; false when its moment has passed or Slack refused it. */
export async function openForm(
  deps: FormDeps,
  { form, call, trigger }: { form: Form; call: CommandCall; trigger: string },
): Promise<boolean> {
  const signal = AbortSignal.timeout(OPEN_WITHIN_MS);
  const { channel, user, responseUrl, threadTs } = parseHandle(call.handle);
  const origin = { form: form.id, channel, user, responseUrl, threadTs };
  const groups = form.fields.some(({ kind }) => kind === "role" || kind === "mention")
    ? await knownGroups(deps, signal)
    : null;
  const view = toView(form, { command: call.command, origin, groups });
  const open = () => deps.api.call((slack) => slack.views.open({ trigger_id: trigger, view }), signal);
  const error = await open()
    // A trigger is good once: after a lost answer the second try tells whether the first one opened the form.
    .catch((thrown: unknown) => (isLost(thrown) ? open() : Promise.reject(toPlatformError(thrown))))
    .then(() => null, toPlatformError);
  if (error === null || slackError(error) === "exchanged_trigger_id") return true;
  deps.log.warn({ command: call.command, err: error }, "slack form not opened");
  return false;
}

/** Whoever waits for a form does not wait for a slow list of groups; the next form has it. */
async function knownGroups({ directory }: FormDeps, signal: AbortSignal): Promise<Choice[] | null> {
  const timer = new AbortController();
  const late = sleep(GROUPS_WITHIN_MS, null, { signal: timer.signal }).catch(() => null);
  const groups = await Promise.race([directory.groups(signal), late]);
  timer.abort();
  return groups;
}

function isLost(thrown: unknown): boolean {
  const { code } = toPlatformError(thrown);
  return code === "platform/uncertain" || code === "platform/unavailable";
}
