import type { PeerState } from "./state.ts";

const NAMED = /(?<![\w&/])([#@])([\w-]+)/g;
const BARE_LINK = /https?:\/\/[^\s"<>]+/g;

/** A line as Slack hands it on of a command that asks for escaping: names as ids, links in brackets, three characters as entities. */
export function escapeTyped(state: PeerState, line: string): string {
  const plain = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return plain
    .replaceAll(BARE_LINK, (link) => `<${link}>`)
    .replaceAll(NAMED, (whole, sign: string, name: string) => entity(state, sign, name) ?? whole);
}

function entity(state: PeerState, sign: string, name: string): string | null {
  if (sign === "#") {
    const channel = [...state.channels.values()].find((known) => known.name === name);
    // Slack tells nobody the name of a private channel.
    return channel === undefined ? null : `<#${channel.id}|${channel.isPrivate ? "" : name}>`;
  }
  if (["here", "channel", "everyone"].includes(name)) return `<!${name}>`;
  const [group] = [...state.groups].find(([, handle]) => handle === name) ?? [];
  if (group !== undefined) return `<!subteam^${group}|@${name}>`;
  const user = [...state.users.values()].find((known) => known.name === name);
  return user === undefined ? null : `<@${user.id}|${name}>`;
}
