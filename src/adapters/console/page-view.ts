import type { CommandCall } from "#src/core/command.ts";
import type { Reply } from "#src/core/reply.ts";
import { briefView, type ViewParts } from "#src/core/view-parts.ts";
import type { RespondRequest } from "#src/ports.ts";
import { type BriefCard, briefCard } from "./page-brief.ts";

/** What the page shows for a reply: the whole brief where it is one, else the reply as it is. */
export type ReplyView =
  | { kind: "brief"; brief: BriefCard }
  /** `failed`: nothing but a sentence on what is wrong. */
  | { kind: "reply"; reply: Reply; failed: boolean };

export interface ReplyEvent {
  /** The call's id, as it was returned when it was given. */
  id: CommandCall["id"];
  stage: RespondRequest["stage"];
  view: ReplyView;
}

/** A reply as the page shows it; a brief is found through the id its evidence button carries. */
export async function replyView(reply: Reply, parts: ViewParts): Promise<ReplyView> {
  const id = evidenceOf(reply);
  const shown = id === null ? null : await briefView(parts, id);
  // A change is news where the version before was shown; who asks sees the newest text for the first time.
  if (shown !== null) {
    const revision = { ...shown.revision, change: null };
    return { kind: "brief", brief: briefCard({ ...shown, revision }) };
  }
  const failed =
    reply.title === null && reply.blocks.every((block) => block.kind === "note" && block.tone === "warning");
  return { kind: "reply", reply, failed };
}

function evidenceOf(reply: Reply): string | null {
  for (const block of reply.blocks) {
    if (block.kind !== "actions") continue;
    for (const { id } of block.actions) {
      const [verb, subject] = id.split(":");
      if (verb === "evidence" && subject !== undefined) return subject;
    }
  }
  return null;
}
