import { addFile, privateUrl } from "./methods-files.ts";
import { GROUPS, PEOPLE, type PeerFile, type PeerState } from "./state.ts";

/** What lies in the workspace beside messages. */
export interface PeerShelf {
  /** User groups that every peer starts with, by id. */
  readonly groups: typeof GROUPS;
  /** Puts a person into a user group. */
  readonly join: (group: string, user: string) => void;
  readonly leave: (group: string, user: string) => void;
  /** Every file, announced ones too; live. */
  readonly files: ReadonlyMap<string, PeerFile>;
  /** Puts a person's file into Slack: where its bytes are, and the link that people copy. */
  readonly addFile: (file: { readonly name: string; readonly text: string }) => {
    readonly url: string;
    readonly link: string;
  };
}

/** The files and groups of a workspace, as a test takes hold of them. */
export function createShelf(state: PeerState, baseUrl: string): PeerShelf {
  return {
    groups: GROUPS,
    files: state.files,
    leave: (group, user) => void state.groupUsers.get(group)?.delete(user),
    join: (group, user) =>
      void state.groupUsers.set(group, (state.groupUsers.get(group) ?? new Set()).add(user)),
    addFile({ name, text }) {
      const file = addFile(state, { name, bytes: Buffer.from(text) });
      const path = `${PEOPLE.member}/${file.id}/${encodeURIComponent(name)}`;
      return {
        url: privateUrl(baseUrl, file),
        link: `https://${state.team.domain}.slack.com/files/${path}`,
      };
    },
  };
}
