import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { articleBody, HEADLINE } from "./article.ts";
import { createStage, publish, until, WEBHOOK_SECRET } from "./lede.ts";

const ROOT = path.join(import.meta.dirname, "../..");

const stage = createStage();
afterEach(() => stage.close());

test("a fact that was taken back is in the file that the evaluation reads, while Lede runs", async () => {
  const folder = await stage.dataDir();
  const lede = stage.start({ LEDE_DATA: folder, LEDE_WEBHOOK_SECRET: WEBHOOK_SECRET });
  const page = await lede.page();
  await publish(lede, { id: "msg_1", headline: HEADLINE, articleBody: articleBody() });
  await lede.shows(/"channel":"console:[^\n]*"state":"sent"/);
  const file = path.join(folder, "cases.jsonl");
  await until(
    () => existsSync(file) || undefined,
    () => lede.err(),
  );
  expect(readFileSync(file, "utf8")).toBe("");

  const cookie = await lede.signIn();
  const { briefId, facts } = await firstPost(page, cookie);
  const answer = await fetch(`${page}/api/calls`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ kind: "choose", id: `wrong:take:${briefId}`, choice: "1" }),
  });
  expect(answer.status).toBe(202);
  const written = await until(
    () => readFileSync(file, "utf8").trim() || undefined,
    () => lede.err(),
  );
  expect(JSON.parse(written)).toMatchObject({
    title: HEADLINE,
    doc: articleBody(),
    sum: facts[1]?.text,
    label: 0,
    language: "en",
    visibility: "public",
  });

  const { stdout } = await promisify(execFile)(process.execPath, ["eval/grounding.ts", file], { cwd: ROOT });
  expect(stdout).toContain("cases.jsonl: 1 summaries");
});

const Cards = z.object({
  posts: z.array(
    z.object({
      brief: z.object({ facts: z.array(z.object({ text: z.string() })) }),
      actions: z.array(z.object({ id: z.string() })),
    }),
  ),
});

/** The first post's facts, and the brief that its "Wrong?" button names. */
async function firstPost(
  page: string,
  cookie: string,
): Promise<{ briefId: string; facts: { text: string }[] }> {
  const { posts } = Cards.parse(await (await fetch(`${page}/api/posts`, { headers: { cookie } })).json());
  const [post] = posts;
  const button = post?.actions.find(({ id }) => id.startsWith("wrong:"));
  if (post === undefined || button === undefined) throw new Error("no post has the button");
  return { briefId: button.id.split(":")[1] ?? "", facts: post.brief.facts };
}
