import { setTimeout as sleep } from "node:timers/promises";
import type { Command, CommandApp, CommandCall } from "#src/core/command.ts";
import type { Choice, Form } from "#src/core/form.ts";
import type { Inbound } from "#src/ports.ts";
import { grantFor } from "./authority.ts";
import { commandApp } from "./command-app.ts";
import { pauseLost } from "./lost-channel.ts";
import { createDoorkeeper } from "./refuse.ts";
import { type CommandDeps, rawOptions } from "./run-command.ts";

/** Both platforms open a form or complete an option within three seconds, or not at all. */
const AT_ONCE_MS = 1_000;
const MOST_CHOICES = 25;

/** What the platforms are given: where calls go, and what is answered before one is stored. */
export function createInbound(deps: CommandDeps, received: Inbound["received"]): Omit<Inbound, "closed"> {
  const door = createDoorkeeper(deps);
  return {
    commands: deps.commands,
    received: async (call) => {
      if (door.lets(call.caller)) return received(call);
      // After the platform has begun to acknowledge it: an answer before that would have nothing to stand in for.
      setImmediate(() => door.refuse(call));
      return true;
    },
    form: (call) =>
      door.lets(call.caller)
        ? atOnce(deps, call, null, (signal) => formFor(deps, call, signal))
        : Promise.resolve(null),
    suggest: (call, option) =>
      door.lets(call.caller)
        ? atOnce(deps, call, [], (signal) => suggestions(deps, { call, option }, signal))
        : Promise.resolve([]),
    removed: async ({ channel, platform, workspace }) => {
      const why = channel === null ? "Lede was removed" : "Lede was removed from it, or it is no more";
      await pauseLost(deps, { workspace: `${platform}:${workspace}`, channel, why });
    },
  };
}

/** Null runs the call instead, which says what is wrong with it, or that it is not allowed. */
async function formFor(deps: CommandDeps, call: CommandCall, signal: AbortSignal): Promise<Form | null> {
  // What a form filled in is complete: another form must not follow it.
  const isFilled = call.input.kind === "form" && call.input.values["choice"] === undefined;
  const command = deps.commands.find(({ name }) => name === call.command);
  if (command?.form === undefined || isFilled) return null;
  const options = rawOptions(command, call);
  const app = await appFor(deps, { command, call, options }, signal);
  return app === null ? null : command.form({ options, caller: call.caller, app, signal });
}

async function suggestions(
  deps: CommandDeps,
  { call, option }: { call: CommandCall; option: { name: string; typed: string } },
  signal: AbortSignal,
): Promise<Choice[]> {
  const command = deps.commands.find(({ name }) => name === call.command);
  if (command?.suggest === undefined) return [];
  const options = rawOptions(command, call);
  // What is still being typed may be needed to tell what is meant.
  const meant = { ...options, [option.name]: option.typed };
  const app = await appFor(deps, { command, call, options: meant }, signal);
  if (app === null) return [];
  const choices = await command.suggest({ options, caller: call.caller, app, signal }, option);
  return choices.slice(0, MOST_CHOICES);
}

/** What may be done on the way to a deed; null where its options do not say which one it is. */
async function appFor(
  deps: CommandDeps,
  { call, command, options }: { call: CommandCall; command: Command; options: Record<string, unknown> },
  signal: AbortSignal,
): Promise<CommandApp | null> {
  if (!command.options.safeParse(options).success) return null;
  const { caller } = call;
  const grant = await grantFor(deps, { caller, deed: command.deedOf(options) }, signal);
  return commandApp(deps, { caller, grant, progress: () => Promise.resolve(), signal });
}

async function atOnce<Result>(
  { log }: CommandDeps,
  call: CommandCall,
  otherwise: Result,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timer = new AbortController();
  const late = sleep(AT_ONCE_MS, otherwise, { signal: timer.signal }).catch(() => otherwise);
  try {
    return await Promise.race([work(timer.signal), late]);
  } catch (error) {
    log.info({ command: call.command, platform: call.caller.platform, err: error }, "not answered at once");
    return otherwise;
  } finally {
    timer.abort();
  }
}
