import { z } from "zod";
import type { Deed } from "./authority.ts";
import { BriefLength } from "./brief.ts";
import { Channel, PlatformName } from "./channel.ts";
import type { Choice, Form } from "./form.ts";
import type { ModeratorApp } from "./moderator-app.ts";
import type { Reply } from "./reply.ts";

/** Who gave a command, and where. */
export const Caller = z.strictObject({
  platform: PlatformName,
  user: z.string(),
  channel: Channel.nullable(),
  /** What the event itself says: Discord let the person give a moderators' command. */
  moderator: z.boolean(),
  /** What the event itself says: the person, or where they are, belongs to another workspace than Lede. */
  stranger: z.boolean().default(false),
  /** The person's roles as far as the event says. */
  roles: z.array(z.string()),
});
export type Caller = z.infer<typeof Caller>;

/** What `/brief` asks for: a link, or a text that was pasted. */
export interface BriefRequest {
  source: { kind: "link"; url: string } | { kind: "text"; text: string };
  length: BriefLength;
  /** BCP-47 language to write in; null keeps the article's own. */
  language: string | null;
}

/** Everything a command may do. The pipeline implements it; a command cannot reach a store or a platform. */
export interface CommandApp {
  /** Makes a brief the way a publication does. Throws AppError `fetch/*`, `article/*`, `brief/no-facts`. */
  brief(request: BriefRequest): Promise<Reply>;
  /** Each fact of a brief beside the article's own words. Throws AppError `brief/unknown`. */
  evidence(briefId: string): Promise<Reply>;
  /** What can be typed. */
  help(): Reply;
  /** How it goes in the caller's workspace, and for whoever runs Lede in all of it. Throws AppError `command/needs-workspace`. */
  status(): Promise<Reply>;
  /** Tries again what was given up there. Throws AppError `command/needs-workspace`. */
  retry(): Promise<Reply>;
  /** Briefs that are there already, newest first: no model is asked. Throws AppError `brief/unknown` when there is none. */
  known(asked: KnownRequest): Promise<Reply>;
  /** Names of what `known` could be asked for, best first. */
  knownNames(asked: { kind: "topic" | "story"; typed: string }): Promise<Choice[]>;
  /** Why a post stands in its channel. Throws AppError `delivery/unknown`. */
  why(deliveryKey: string): Promise<Reply>;
  /** A brief's facts beside the article's words, with what a moderator can take back. Throws AppError `brief/unknown`. */
  wrong(briefId: string): Promise<Reply>;
  /** Takes one fact back from every post that carries it. Throws AppError `brief/unknown`, `command/not-allowed`. */
  withdraw(briefId: string, fact: number): Promise<Reply>;
  /** What moderators decide. Throws AppError `command/needs-workspace` outside one. */
  moderation(): ModeratorApp;
}

/** What `/brief` shows without a link. */
export type KnownRequest =
  | { kind: "latest" }
  /** A topic's name or id. */
  | { kind: "topic"; topic: string }
  /** Words of a headline, or a story's id. */
  | { kind: "story"; story: string };

export interface CommandRun<Options> {
  options: Options;
  caller: Caller;
  app: CommandApp;
  signal: AbortSignal;
}

/** Where a call waits: what may read pages or ask a model is slow, and never holds up what only reads the store. */
export type Lane = "slow" | "quick";

export interface CommandDefinition<Schema extends z.ZodType, Own extends Deed = Deed> {
  /** What is typed after the slash: lower case, at most 32 characters. */
  name: string;
  description: string;
  /** All that can be done with it. Who may, says the table of authority. */
  deeds: readonly Own[];
  /** What is done with these options. It is judged before anything else is. */
  deedOf: (options: z.output<Schema>) => NoInfer<Own>;
  lane: Lane;
  /** Fixed here because Discord decides it when a command is acknowledged, before it runs. */
  visibility: "public" | "private";
  /** Where it can be given: typed, from a message's menu, by mentioning Lede, or by a button whose id starts with its name. */
  surfaces: readonly ("typed" | "message" | "mention" | "button")[];
  /** The entry in a message's menu; needed for the surface "message". */
  messageLabel: string | null;
  options: Schema;
  /** The options that a message's text, a mention's text or a button's id (without the command's name) stands for. */
  fromText: (text: string) => Record<string, unknown>;
  run: (input: CommandRun<z.output<Schema>>) => Promise<Reply>;
  /**
   * The form to show instead of running, or null to run. Asked before a call is stored, with what is given so far,
   * since both platforms open a form only in the first three seconds. Nothing may be changed here.
   */
  form?: (input: CommandRun<Record<string, unknown>>) => Promise<Form | null>;
  /** What a person who types an option marked `suggest` may mean, best first; at most 25. */
  suggest?: (
    input: CommandRun<Record<string, unknown>>,
    option: { name: string; typed: string },
  ) => Promise<Choice[]>;
}

/** A command as the rest of Lede holds it: it parses raw options itself, so that no caller needs to know their type. */
export interface Command extends Omit<CommandDefinition<z.ZodType>, "run" | "deedOf"> {
  deedOf: (options: unknown) => Deed;
  run: (input: CommandRun<unknown>) => Promise<Reply>;
}

/** The one way to define a command; `run` is typed by the options' schema. */
export function defineCommand<Schema extends z.ZodType, const Own extends Deed>(
  definition: CommandDefinition<Schema, Own>,
): Command {
  return {
    ...definition,
    deedOf: (options) => definition.deedOf(definition.options.parse(options)),
    run: (input) => definition.run({ ...input, options: definition.options.parse(input.options) }),
  };
}

/** One command that arrived: plain data, kept until it is answered, so that a restart loses none. */
export const CommandCall = z.strictObject({
  /** The platform's own id of the event; the same for a redelivery. */
  id: z.string(),
  command: z.string(),
  /** Options by name where the platform gives them apart, or the text they are read from. */
  input: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("options"), options: z.record(z.string(), z.unknown()) }),
    z.strictObject({ kind: z.literal("line"), text: z.string() }),
    z.strictObject({ kind: z.literal("text"), text: z.string() }),
    /** A form or a select: the text of its id, and what was filled in; an empty field is left out. */
    z.strictObject({
      kind: z.literal("form"),
      text: z.string(),
      values: z.record(z.string(), z.string()),
    }),
  ]),
  caller: Caller,
  /** Where the answer goes; only the platform's adapter can read it. */
  handle: z.string(),
  receivedAt: z.date(),
});
export type CommandCall = z.infer<typeof CommandCall>;
