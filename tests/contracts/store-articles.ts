import { describe, expect, test } from "vitest";
import type { Revision } from "#src/core/article.ts";
import { at, makeArticle, makeBrief } from "./store-fixtures.ts";
import type { StoreInUse } from "./store-in-use.ts";

const CHANGE: Revision["change"] = { note: "nine → eleven injured", ranges: [{ start: 0, end: 6 }] };

export function describeArticles(used: () => StoreInUse): void {
  describe("articles", () => {
    test("that are new bring their story and their first revision", async () => {
      const { reopen, store } = used();
      const saved = await store.saveArticle(makeArticle());
      expect(saved).toEqual({
        kind: "new",
        article: {
          id: "article-1",
          url: "https://news.example/fire",
          site: "News",
          byline: "A. Reporter",
          language: "en",
          publishedAt: at(-60),
          visibility: "public",
          storyId: expect.any(String),
          firstSeenAt: at(0),
          unpublishedAt: null,
          latest: 1,
        },
        revision: {
          articleId: "article-1",
          number: 1,
          hash: "hash-1",
          title: "Fire at the harbour",
          paragraphs: ["Nine people were injured.", "The fire is out."],
          fetchedAt: at(0),
          change: null,
        },
      });
      const reopened = await reopen();
      expect(await reopened.article("article-1")).toEqual(saved.article);
      expect(await reopened.revision("article-1", 1)).toEqual(saved.revision);
      expect(await reopened.story(saved.article.storyId)).toEqual({
        id: saved.article.storyId,
        headline: "Fire at the harbour",
        firstSeenAt: at(0),
      });
    });

    test("keep any characters their text has", async () => {
      const { reopen, store } = used();
      const input = makeArticle();
      const text = "zero \u0000, emoji 👩‍🚒, right to left \u202e, quote ' \" \\, line\nbreak";
      input.extracted = { ...input.extracted, title: text, paragraphs: [text, `half a pair \ud83d`] };
      const { revision } = await store.saveArticle(input);
      expect(await (await reopen()).revision("article-1", 1)).toEqual(revision);
    });

    test("that are unknown are null", async () => {
      const { store } = used();
      expect(await store.article("nowhere")).toBeNull();
      expect(await store.revision("nowhere", 1)).toBeNull();
      expect(await store.story("nowhere")).toBeNull();
    });

    test("that are different belong to different stories", async () => {
      const { store } = used();
      const one = await store.saveArticle(makeArticle());
      const two = await store.saveArticle(makeArticle({ id: "article-2" }));
      expect(two.kind).toBe("new");
      expect(two.article.storyId).not.toBe(one.article.storyId);
    });

    test("with the same text are the same, and nothing is compared", async () => {
      const { store } = used();
      const first = await store.saveArticle(makeArticle());
      const second = await store.saveArticle(
        makeArticle({
          now: at(5),
          compare: () => {
            throw new Error("compared");
          },
        }),
      );
      expect(second).toEqual({ ...first, kind: "same" });
    });

    test("with another text get a revision with what changed since the one before", async () => {
      const { store } = used();
      const first = await store.saveArticle(makeArticle());
      const compared: Revision[] = [];
      const input = makeArticle({ hash: "hash-2", now: at(5) });
      input.extracted = { ...input.extracted, title: "Eleven injured", site: null, paragraphs: ["Eleven."] };
      input.compare = (before) => {
        compared.push(before);
        return CHANGE;
      };
      const second = await store.saveArticle(input);
      expect(compared).toEqual([first.revision]);
      expect(second.kind).toBe("revised");
      expect(second.article).toEqual({ ...first.article, latest: 2 });
      expect(second.revision).toMatchObject({ number: 2, title: "Eleven injured", fetchedAt: at(5) });
      expect(await store.revision("article-1", 2)).toEqual({ ...second.revision, change: CHANGE });
      expect(await store.revision("article-1", 1)).toEqual(first.revision);
    });

    test("that go back to an earlier text get a revision too", async () => {
      const { store } = used();
      for (const hash of ["hash-1", "hash-2", "hash-1"]) await store.saveArticle(makeArticle({ hash }));
      expect(await store.article("article-1")).toMatchObject({ latest: 3 });
    });

    test("saved many times at once get one revision a text", async () => {
      const { store } = used();
      const hashes = ["hash-1", "hash-1", "hash-1", "hash-2", "hash-2", "hash-2"];
      const saved = await Promise.all(hashes.map((hash) => store.saveArticle(makeArticle({ hash }))));
      expect(saved.map(({ kind }) => kind)).toEqual(["new", "same", "same", "revised", "same", "same"]);
      expect(await store.article("article-1")).toMatchObject({ latest: 2 });
      expect((await store.counts()).articles).toBe(1);
    });

    test("keep the revision they had when comparing fails", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle());
      const failing = makeArticle({
        hash: "hash-2",
        compare: () => {
          throw new Error("no diff");
        },
      });
      await expect(store.saveArticle(failing)).rejects.toThrow("no diff");
      expect(await store.article("article-1")).toMatchObject({ latest: 1 });
      expect(await store.saveArticle(makeArticle({ hash: "hash-2" }))).toMatchObject({ kind: "revised" });
    });

    test.for([
      ["the same text, opened", "hash-1", "members", "public", "members"],
      ["an open teaser", "hash-2", "members", "public", "members"],
      ["the same text, closed", "hash-1", "public", "members", "members"],
      ["another text, closed", "hash-2", "public", "members", "members"],
    ] as const)("of members stay theirs: %s", async ([, hash, before, now, after]) => {
      const { store } = used();
      await store.saveArticle(makeArticle({ visibility: before }));
      const saved = await store.saveArticle(makeArticle({ visibility: now, hash }));
      expect(saved.article.visibility).toBe(after);
      expect(await store.article("article-1")).toMatchObject({ visibility: after });
    });
  });

  describe("briefs", () => {
    test("are found by their key and by their id, also after a restart", async () => {
      const { reopen, store } = used();
      await store.saveArticle(makeArticle());
      expect(await store.findBrief("key")).toBeNull();
      expect(await store.brief("brief-1")).toBeNull();
      await store.saveBrief("key", makeBrief());
      const reopened = await reopen();
      expect(await reopened.findBrief("key")).toEqual(makeBrief());
      expect(await reopened.brief("brief-1")).toEqual(makeBrief());
    });

    test("never change once stored", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle());
      await store.saveBrief("key", makeBrief());
      await store.saveBrief("key", makeBrief({ headline: "Another" }));
      expect(await store.brief("brief-1")).toEqual(makeBrief());
    });

    test("of the same key are found newest first, and the older one is kept for the posts that show it", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle());
      await store.saveBrief("key", makeBrief());
      await store.saveBrief("key", makeBrief({ id: "brief-2" }));
      expect(await store.findBrief("key")).toMatchObject({ id: "brief-2" });
      expect(await store.brief("brief-1")).toEqual(makeBrief());
    });

    test("of a revision nobody stored are refused", async () => {
      const { store } = used();
      await store.saveArticle(makeArticle());
      await expect(store.saveBrief("key", makeBrief({ revision: 2 }))).rejects.toThrow(/foreign key/i);
      expect(await store.findBrief("key")).toBeNull();
    });
  });
}
