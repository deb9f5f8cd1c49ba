import type { PeerState } from "./state.ts";
import type { Incoming, Target } from "./server.ts";
import type { TokenKind } from "./web-api.ts";

/** Where announced files are put, without a token: the address itself is the right to it. */
export function uploadTarget(state: PeerState, incoming: Incoming, id: string): Target {
  const { bytes } = incoming;
  const file = state.files.get(id);
  const isRight = file !== undefined && file.bytes === null && bytes.length === file.length;
  const problem = `${bytes.length} bytes uploaded, ${file?.length ?? "no"} announced`;
  return {
    method: "upload",
    args: { file: id, length: bytes.length },
    token: "none",
    headers: {},
    problems: isRight ? [] : [{ problem, error: "invalid_upload" }],
    run: () => {
      if (!isRight) return { status: 400, body: problem };
      file.bytes = bytes;
      return { status: 200, body: `OK - ${bytes.length}` };
    },
  };
}

/** Where files are read; whoever may not is sent to the page for signing in, as at Slack. */
export function fileTarget(state: PeerState, token: TokenKind, id: string): Target {
  const file = state.files.get(id);
  const mayRead = token === "bot" && state.scopes.has("files:read");
  const found = { method: "file", args: { file: id }, token, headers: {}, problems: [] };
  if (!mayRead) {
    const headers = { location: `https://${state.team.domain}.slack.com/?redir=/files` };
    return { ...found, headers, run: () => ({ status: 302, body: "" }) };
  }
  const body = file?.bytes?.toString();
  return { ...found, run: () => (body === undefined ? { status: 404, body: "" } : { status: 200, body }) };
}
