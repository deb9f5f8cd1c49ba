import { expect, test } from "vitest";
import type { Connection } from "#src/core/connection.ts";
import { defaultSettings } from "#src/core/workspace.ts";
import { NO_GRANTS } from "#src/core/operator.ts";
import { tellOfConnections } from "#src/pipeline/connections.ts";
import { createDirectory } from "#src/pipeline/directory.ts";
import type { Platform } from "#src/ports.ts";
import { useWriting } from "./writing-setup.ts";

const bench = useWriting();
const NOW = new Date("2026-11-24T12:00:00Z");
const UP: Connection = { state: "connected", since: NOW };

test("who moderates elsewhere is told once that a platform refuses Lede, and when it is over", async () => {
  const { store } = bench;
  let discord: Connection = { state: "disconnected", since: NOW, why: null };
  const chat = (name: "discord" | "slack", connection: () => Connection) =>
    ({ name, connection }) as Platform;
  for (const workspace of ["slack:T1", "discord:1"] as const) {
    const channel = `${workspace}:C1` as const;
    const value = { ...defaultSettings(workspace), moderatorsChannel: channel };
    const edits = [{ kind: "settings" as const, id: workspace, value }];
    await store.change({ workspace, by: "test", at: NOW, summary: "Set up", seen: null, edits });
  }
  const deps = {
    store,
    directory: createDirectory(store, NO_GRANTS),
    platforms: new Map([
      ["discord" as const, chat("discord", () => discord)],
      ["slack" as const, chat("slack", () => UP)],
    ]),
    clock: () => NOW,
  };
  // It is only just connecting.
  expect(await tellOfConnections(deps)).toBe(0);
  discord = { state: "disconnected", since: NOW, why: "Discord refused DISCORD_TOKEN." };
  expect(await tellOfConnections(deps)).toBe(1);
  expect(await tellOfConnections(deps)).toBe(0);
  const claim = { paused: [], now: NOW, platformNow: NOW };
  expect(await store.claimDelivery({ ...claim, platform: "discord" })).toBeNull();
  const told = await store.claimDelivery({ ...claim, platform: "slack" });
  expect(await store.view(told?.delivery.wanted ?? "")).toMatchObject({
    title: "Lede can not connect to Discord",
    lines: expect.arrayContaining(["Discord refused DISCORD_TOKEN."]),
  });
  // A start later it is not known yet whether it is over.
  discord = { state: "disconnected", since: NOW, why: null };
  expect(await tellOfConnections(deps)).toBe(0);
  discord = UP;
  expect(await tellOfConnections(deps)).toBe(1);
  const edited = await store.delivery(told?.delivery.key ?? "");
  expect(await store.view(edited?.wanted ?? "")).toMatchObject({
    title: "Over: Lede could not connect to Discord",
  });
});
