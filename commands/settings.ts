import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";
import { runSettings, settingsForm } from "#src/core/settings-actions.ts";
import { SettingsOptions } from "#src/core/settings-options.ts";

export const settings = defineCommand({
  name: "settings",
  description: "Who moderates Lede here, where it reports, and what it may spend",
  deeds: deedsOf("settings"),
  deedOf: ({ action }) => `settings ${action}` as const,
  lane: "quick",
  visibility: "private",
  surfaces: ["typed", "button"],
  messageLabel: null,
  options: SettingsOptions,
  // A button's id is `settings:<action>`.
  fromText: (text) => ({ action: text.split(":")[0] ?? "show" }),
  run: runSettings,
  form: settingsForm,
});
