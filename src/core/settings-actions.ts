import { Channel, channelParts, toChannel } from "./channel.ts";
import type { Caller, CommandRun } from "./command.ts";
import { AppError } from "./errors.ts";
import type { Form } from "./form.ts";
import { parseLanguage } from "./language.ts";
import { LEDE, type LogRow } from "./moderation.ts";
import type { BudgetWish, ModeratorApp } from "./moderator-app.ts";
import { bold, plain, type Reply, sentence, type Span, time } from "./reply.ts";
import type { SettingsOptions } from "./settings-options.ts";
import { Settings } from "./workspace.ts";

const LOG_SHOWN = 20;
const NONE = /^(none|off|no|-)$/i;

type Run<Action extends SettingsOptions["action"]> = CommandRun<Extract<SettingsOptions, { action: Action }>>;

/** `/settings`: shows and changes what is decided for a workspace. Throws AppError `command/*`. */
export async function runSettings(run: CommandRun<SettingsOptions>): Promise<Reply> {
  const { app, caller, options } = run;
  switch (options.action) {
    case "show":
      return showSettings(app.moderation());
    case "edit":
      return editSettings({ ...run, options });
    case "allow":
      return save(
        app.moderation(),
        `Let ${personText(options.user)} moderate`,
        ({ moderators, ...rest }) => ({
          ...rest,
          moderators: [...new Set([...moderators, options.user])],
        }),
      );
    case "disallow":
      return save(
        app.moderation(),
        `No longer let ${personText(options.user)} moderate`,
        ({ moderators, ...rest }) => ({
          ...rest,
          moderators: moderators.filter((user) => user !== options.user),
        }),
      );
    case "log":
      return logReply(await app.moderation().log(LOG_SHOWN), caller);
    case "undo":
      return undo(app.moderation());
    case "budget":
      return budget(app.moderation(), options);
    default:
      return options satisfies never;
  }
}

/** The form that stands for what is not given yet. */
export async function settingsForm(run: CommandRun<Record<string, unknown>>): Promise<Form | null> {
  const { action, ...given } = run.options;
  if (action !== "edit" || Object.keys(given).length > 0) return null;
  const { settings } = await run.app.moderation().decisions();
  const reports = settings.moderatorsChannel;
  return {
    id: "settings:edit",
    title: "Settings",
    submit: "Save",
    fields: [
      {
        kind: "role",
        name: "role",
        label: "Moderators' role",
        hint: "Beside the administrators",
        required: false,
        value: settings.moderatorRole,
      },
      {
        kind: "channel",
        name: "reports",
        label: "Moderators' channel",
        hint: "For what moderators should know",
        required: false,
        value: reports === null ? null : channelParts(reports).id,
      },
      textField("zone", "Time zone", settings.zone),
      textField("language", "Language of new subscriptions", settings.language ?? "none"),
      {
        kind: "select",
        name: "clearance",
        label: "Members-only text in new subscriptions",
        hint: null,
        required: true,
        value: settings.clearance,
        choices: [
          { value: "public", label: "Never" },
          { value: "members", label: "May be posted" },
        ],
      },
    ],
  };
}

function textField(name: string, label: string, value: string): Form["fields"][number] {
  return { kind: "text", name, label, hint: null, required: true, max: 60, lines: false, value };
}

async function showSettings(moderation: ModeratorApp): Promise<Reply> {
  const { settings } = await moderation.decisions();
  const { clearance, language, moderatorRole, moderators, moderatorsChannel, zone } = settings;
  const reports = moderatorsChannel === null ? "none" : await moderation.channelName(moderatorsChannel);
  const rows: [string, string][] = [
    [
      "Moderators",
      moderatorRole === null ? "administrators" : `administrators, and the role with the id ${moderatorRole}`,
    ],
    ["Allowed by name", moderators.length === 0 ? "nobody" : moderators.map(personText).join(", ")],
    ["Moderators' channel", reports],
    ["Time zone", zone],
    ["Language of new subscriptions", language ?? "each article's own"],
    ["Members-only text in new subscriptions", clearance === "members" ? "may be posted" : "never"],
  ];
  return {
    title: "Settings",
    blocks: [
      { kind: "list", items: rows.map(([name, value]): Span[] => [bold(`${name}: `), plain(value)]) },
      {
        kind: "actions",
        actions: [
          { id: "settings:edit", label: "Change" },
          { id: "settings:log", label: "Log" },
          { id: "settings:undo", label: "Undo the last change" },
          { id: "settings:budget", label: "Budget" },
        ],
      },
    ],
  };
}

async function editSettings({ app, caller, options }: Run<"edit">): Promise<Reply> {
  const { clearance, language, reports, role, zone } = options;
  const moderation = app.moderation();
  const { settings: before } = await moderation.decisions();
  // What was set before the operator's list was asked stays: it waits for it.
  if (clearance === "members" && before.clearance !== "members") moderation.needClearance();
  return save(moderation, "Changed the settings", (settings) => ({
    ...settings,
    ...(role === undefined ? {} : { moderatorRole: orNone(role) }),
    ...(reports === undefined ? {} : { moderatorsChannel: toReports(reports, caller) }),
    ...(zone === undefined ? {} : { zone }),
    ...(language === undefined ? {} : { language: toLanguage(language) }),
    ...(clearance === undefined ? {} : { clearance }),
  }));
}

function toReports(given: string, { channel, platform }: Caller): Channel | null {
  if (orNone(given) === null) return null;
  if (channel === null) throw new AppError("command/needs-workspace");
  const { workspace } = channelParts(channel);
  if (Channel.safeParse(`${platform}:${workspace}:${given}`).success)
    return toChannel({ platform, workspace, id: given });
  throw new AppError("command/bad-options", { say: "That is no channel. Choose one from the list." });
}

function toLanguage(text: string): string | null {
  const language = orNone(text);
  return language === null ? null : parseLanguage(language);
}

function orNone(text: string): string | null {
  return NONE.test(text.trim()) ? null : text.trim();
}

async function save(
  moderation: ModeratorApp,
  summary: string,
  edit: (settings: Settings) => Settings,
): Promise<Reply> {
  const { settings, version } = await moderation.decisions();
  const changed = Settings.safeParse(edit(settings));
  if (!changed.success) {
    const [issue] = changed.error.issues;
    throw new AppError("command/bad-options", { say: `The ${String(issue?.path[0])} ${issue?.message}.` });
  }
  const { workspace } = settings;
  await moderation.change({
    summary,
    edits: [{ kind: "settings", id: workspace, value: changed.data }],
    seen: version,
  });
  return showSettings(moderation);
}

function logReply(rows: readonly LogRow[], caller: Caller): Reply {
  if (rows.length === 0) return sentence("Nothing was changed yet.");
  return {
    title: "Log",
    blocks: [
      {
        kind: "list",
        items: rows.map(({ at, by, summary, undoneBy }): Span[] => [
          time(at),
          plain(` ${by === caller.user ? "you" : personText(by)}: ${summary}`),
          plain(undoneBy === null ? "" : " (taken back)"),
        ]),
      },
      { kind: "actions", actions: [{ id: "settings:undo", label: "Undo the last change" }] },
    ],
  };
}

/** Names are the platform's to know; an id is what its search finds a person by. */
function personText(by: string): string {
  return by === LEDE ? "Lede" : `user ${by}`;
}

async function undo(moderation: ModeratorApp): Promise<Reply> {
  const undone = await moderation.undo();
  return sentence(
    undone === null
      ? "There is nothing to take back. /settings log shows what was changed."
      : `Taken back: ${undone}.`,
  );
}

async function budget(
  moderation: ModeratorApp,
  options: Extract<SettingsOptions, { action: "budget" }>,
): Promise<Reply> {
  const wish: BudgetWish = {
    scope: options.scope,
    dayTokens: options.day,
    monthTokens: options.month,
    dayMoney: options.day_money,
    monthMoney: options.month_money,
  };
  const lines = await moderation.budget(wish);
  return {
    title: "Budget",
    blocks: [
      { kind: "list", items: lines.map(({ name, text }): Span[] => [bold(`${name}: `), plain(text)]) },
      {
        kind: "note",
        tone: "info",
        spans: [
          plain(
            "At a limit the built-in writer writes, which costs nothing. /settings budget day:… month:… (tokens) or day_money:… month_money:… changes it.",
          ),
        ],
      },
    ],
  };
}
