import type { Command } from "#src/core/command.ts";
import { brief } from "./brief.ts";
import { evidence } from "./evidence.ts";
import { lede } from "./lede.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { topics } from "./topics.ts";
import { why } from "./why.ts";
import { wrong } from "./wrong.ts";

/** Every command there is. A new one is one import and one line. */
export const COMMANDS: readonly Command[] = [brief, topics, sources, settings, evidence, why, wrong, lede];
