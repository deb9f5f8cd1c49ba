import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from "#src/adapters/slack/check.ts";
import { CHANNEL_ENDS } from "#src/adapters/slack/lifecycle.ts";

const Manifest = z.object({
  features: z.object({ slash_commands: z.array(z.object({ should_escape: z.boolean() })) }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});
const manifest = Manifest.parse(JSON.parse(readFileSync("docs/slack-manifest.json", "utf8")));

it("asks for the scopes that the check looks for, and no others", () => {
  const asked = manifest.oauth_config.scopes.bot;
  expect(asked).toEqual([...NEEDED_SCOPES, ...Object.keys(OPTIONAL_SCOPES)].toSorted());
});

it("subscribes to mentions and to every end of a channel or a workspace", () => {
  const events = [...CHANNEL_ENDS, "app_mention", "app_uninstalled", "member_left_channel", "tokens_revoked"];
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(events.toSorted());
});

it("has names in commands handed on as ids", () => {
  expect(manifest.features.slash_commands.map((command) => command.should_escape)).not.toContain(false);
});
