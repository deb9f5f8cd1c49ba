import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { COMMANDS } from "#commands";
import type { CommandCall } from "#src/core/command.ts";
import { type Reply, sentence } from "#src/core/reply.ts";
import { type Calls, createCalls } from "#tests/contracts/platform-bench.ts";
import { SOURCE } from "#tests/contracts/platform-replies.ts";
import { makeInbound } from "#tests/inbound.ts";
import { closeSlack, type Opened, openSlack, ownMessages, shownMessage } from "./newsroom.ts";

const FILE = { name: "topics.opml", text: '<opml version="2.0">\n\t<é/>\n</opml>\n' };

let opened: Opened;
let calls: Calls;

beforeEach(async () => {
  opened = await openSlack();
  calls = createCalls();
  await opened.platform.start(makeInbound({ commands: COMMANDS, received: calls.received }));
});

afterEach(() => closeSlack(opened));

function withFile(text = FILE.text): Reply {
  const blocks = sentence("Here it is.").blocks;
  return { title: null, blocks: [...blocks, { kind: "file", mediaType: "text/x-opml", ...FILE, text }] };
}

/** Gives a command in public (`/brief`) or in private (`/lede`). */
async function call(command: "/brief" | "/lede", channel: string = opened.peer.channels.news) {
  const { peer } = opened;
  const slash = peer.slash({ channel, user: peer.people.member, command, text: SOURCE });
  return { slash, call: await calls.next() };
}

function show(given: CommandCall, reply = withFile()): Promise<string> {
  const signal = AbortSignal.timeout(20_000);
  return opened.platform.respond({ call: given, reply, stage: "final", signal });
}

/** Whether anything of Lede's in the channel is a file. */
function filesIn(channel: string): string[] {
  const shown = ownMessages(opened.peer, channel).map(shownMessage);
  return shown.flatMap(({ files }) => files.map(({ text }) => text));
}

function directFiles(): object[] {
  const { peer } = opened;
  return peer.directMessages(peer.people.member).flatMap((message) => shownMessage(message).files);
}

describe("a file of an answer", () => {
  it("goes to the asker's direct messages when the answer is private, and the answer says so", async () => {
    const { slash, call: given } = await call("/lede");
    await show(given);
    expect(directFiles()).toEqual([FILE]);
    expect(filesIn(opened.peer.channels.news)).toEqual([]);
    expect(slash.replies).toHaveLength(1);
    expect(JSON.stringify(slash.replies[0]?.blocks)).toContain("topics.opml is in your direct messages");
  });

  it("goes into the thread of a mention", async () => {
    const { peer } = opened;
    const { message } = peer.mention({ channel: peer.channels.news, user: peer.people.member, text: SOURCE });
    await show(await calls.next());
    expect(ownMessages(peer, peer.channels.news).map(({ thread_ts: thread }) => thread)).toEqual([
      message?.ts,
      message?.ts,
    ]);
    expect(filesIn(peer.channels.news)).toEqual([FILE.text]);
  });

  it("is sent once, however often the answer is shown", async () => {
    const { call: given } = await call("/brief");
    const handle = await show(given);
    expect(await show({ ...given, handle })).toBe(handle);
    expect(filesIn(opened.peer.channels.news)).toEqual([FILE.text]);
  });

  it("is not sent again when only the answer after it failed", async () => {
    const { peer } = opened;
    const { call: given } = await call("/brief");
    peer.fail({ method: "chat.postMessage", how: { kind: "status", status: 503 } });
    await expect(show(given)).rejects.toMatchObject({ code: "platform/uncertain" });
    await show(given);
    expect(filesIn(peer.channels.news)).toEqual([FILE.text]);
    expect(ownMessages(peer, peer.channels.news)).toHaveLength(2);
  });

  test.for<[string, () => void]>([
    ["the scope is missing", () => opened.peer.scopes.delete("files:write")],
    ["Slack does not take the bytes", () => fail("upload", false)],
    ["nobody knows whether Slack has it", () => fail("files.completeUploadExternal", true)],
  ])("stands in the answer as text when %s", async ([, goesWrong]) => {
    const { peer } = opened;
    const { call: given } = await call("/brief");
    goesWrong();
    const handle = await show(given);
    await show({ ...given, handle });
    const answer = ownMessages(peer, peer.channels.news).find(({ files }) => files.length === 0);
    expect(answer?.blocks).toContainEqual(
      expect.objectContaining({
        elements: [
          expect.anything(),
          {
            type: "rich_text_preformatted",
            elements: [{ type: "text", text: '<opml version="2.0">\n <é/>\n</opml>' }],
          },
        ],
      }),
    );
    expect(filesIn(peer.channels.news).length).toBeLessThanOrEqual(1);
  });

  it("stands in a private answer as text when Lede may open no direct messages", async () => {
    opened.peer.scopes.delete("im:write");
    const { slash, call: given } = await call("/lede");
    await show(given);
    expect(JSON.stringify(slash.replies[0]?.blocks)).toContain("<é/>");
    expect(filesIn(opened.peer.channels.news)).toEqual([]);
  });

  it("is cut as text where it is long, and says so", async () => {
    opened.peer.scopes.delete("files:write");
    const { call: given } = await call("/brief");
    await show(given, withFile(`${"line of text\n".repeat(400)}last line\n`));
    const [shown] = ownMessages(opened.peer, opened.peer.channels.news).map(shownMessage);
    expect(shown?.text).toContain("line of text\nline of text");
    expect(shown?.text).not.toContain("last line");
    expect(shown?.text).toContain("The file is cut here.");
  });

  it("stands as text in what is printed for a terminal", () => {
    expect(JSON.stringify(opened.platform.render(withFile()))).toContain("rich_text_preformatted");
  });

  function fail(method: string, committed: boolean): void {
    opened.peer.fail({ method, how: { kind: "cut", committed } });
  }
});

describe("a file that a person gives", () => {
  const signal = () => AbortSignal.timeout(20_000);

  it("is read by the link that people copy", async () => {
    const { link } = opened.peer.addFile(FILE);
    const bytes = await opened.platform.readFile(link, signal());
    expect(new TextDecoder().decode(bytes)).toBe(FILE.text);
  });

  test.for<["url" | "link"]>([["url"], ["link"]])(
    "says what is missing when Lede may not read it, by its %s",
    async ([way]) => {
      const { peer, platform } = opened;
      peer.scopes.delete("files:read");
      await expect(platform.readFile(peer.addFile(FILE)[way], signal())).rejects.toMatchObject({
        code: "fetch/needs-login",
        say: expect.stringContaining("files:read"),
      });
    },
  );

  test.for([
    ["https://files.slack.com.evil.example/files-pri/T1-F1/x.opml"],
    ["https://user@evil.example/files/U0MEMBER01/F0000000001/x.opml"],
    ["https://evil.slack.com@evil.example/files/U0MEMBER01/F1/x"],
    ["topics.opml"],
    [""],
  ])("is no address elsewhere: %s", async ([given = ""]) => {
    const { peer, platform } = opened;
    const before = peer.requests.length;
    await expect(platform.readFile(given, signal())).rejects.toMatchObject({
      code: "fetch/not-public",
      say: expect.stringContaining("Copy link"),
    });
    expect(peer.requests).toHaveLength(before);
  });
});
