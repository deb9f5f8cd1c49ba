import type { Command } from "#src/core/command.ts";
import { brief } from "./brief.ts";
import { evidence } from "./evidence.ts";
import { help } from "./help.ts";

/** Every command there is. A new one is one import and one line. */
export const COMMANDS: readonly Command[] = [brief, evidence, help];
