import { z } from "zod";
import type { Channel } from "#src/core/channel.ts";
import { Workspace, workspaceOf } from "#src/core/workspace.ts";

const text = z.string().trim().min(1).optional();

/** The variables that say who may use Lede and read what, in the order of `.env.example`. */
export const OPERATOR_ENV = {
  LEDE_WORKSPACES: text,
  LEDE_MEMBERS_WORKSPACES: text,
} as const;

const OperatorEnv = z.object(OPERATOR_ENV);
type OperatorEnv = z.output<typeof OperatorEnv>;

export interface OperatorConfig {
  /** Who may use Lede; null for every workspace that it is invited to. */
  workspaces: Workspace[] | null;
  /** Who may be shown members-only text. */
  membersWorkspaces: Workspace[];
}

export function toOperator(env: OperatorEnv): OperatorConfig {
  return {
    workspaces: env.LEDE_WORKSPACES === undefined ? null : workspacesIn(env.LEDE_WORKSPACES),
    membersWorkspaces: workspacesIn(env.LEDE_MEMBERS_WORKSPACES),
  };
}

/** What can not be meant: a name that is none, and a grant to somebody who may not use Lede at all. */
export function operatorProblems(env: OperatorEnv, channels: readonly Channel[]): string[] {
  const { membersWorkspaces, workspaces } = toOperator(env);
  const isOut = (one: Workspace): boolean => workspaces !== null && !workspaces.includes(one);
  return [
    ...badNames("LEDE_WORKSPACES", env.LEDE_WORKSPACES),
    ...badNames("LEDE_MEMBERS_WORKSPACES", env.LEDE_MEMBERS_WORKSPACES),
    ...membersWorkspaces
      .filter(isOut)
      .map((one) => `LEDE_MEMBERS_WORKSPACES names ${one}, which LEDE_WORKSPACES does not: add it there too`),
    ...channels
      .filter((channel) => isOut(workspaceOf(channel)))
      .map((one) => `LEDE_CHANNELS names ${one}, whose workspace is not in LEDE_WORKSPACES: add it there`),
  ];
}

function badNames(variable: string, value: string | undefined): string[] {
  return namesIn(value)
    .filter((name) => toWorkspace(name) === null)
    .map((name) => `${variable}: "${name}" is no server or workspace. ${FORMS}`);
}

export const FORMS =
  "Write discord:<server id>, slack:<team id>, discord:dm for direct messages on Discord, or the address a browser shows for one of its channels";

const DISCORD_ADDRESS = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(\d+)(?:\/|$)/;
const SLACK_ADDRESS = /^https:\/\/app\.slack\.com\/client\/(T\w+)(?:\/|$)/;

/** A workspace by its name or by the address a browser shows for it. */
export function toWorkspace(name: string): Workspace | null {
  const discord = DISCORD_ADDRESS.exec(name)?.[1];
  const slack = SLACK_ADDRESS.exec(name)?.[1];
  const full = discord !== undefined ? `discord:${discord}` : slack !== undefined ? `slack:${slack}` : name;
  return Workspace.safeParse(full).data ?? null;
}

function workspacesIn(value: string | undefined): Workspace[] {
  return [...new Set(namesIn(value).flatMap((name) => toWorkspace(name) ?? []))];
}

function namesIn(value: string | undefined): string[] {
  return (value ?? "").split(/[\s,]+/).filter((name) => name !== "");
}
