import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import type { Entry } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import { toPage } from "./webhook-html.ts";
import { parseBody, publishEntry, releaseAfter, senderOf, unpublishEntry } from "./webhook-message.ts";
import type { WebhookDialect, WebhookMessage, WebhookRequest, WebhookSender } from "./webhook-message.ts";

const LONGEST_ID = 256;
const PREFIX = "whsec_";

const When = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be a date such as 2026-03-01 or 2026-03-01T09:30:00Z",
  })
  .transform((text) => new Date(text));

/** An article as its publisher sends it, in the words of schema.org's NewsArticle where it has one. */
const WebhookArticle = z
  .strictObject({
    /** Not of schema.org. An update is a publication with a newer revision. */
    event: z
      .enum(["publish", "update", "unpublish"], { error: "must be publish, update or unpublish" })
      .default("publish"),
    /** The publisher's own id: the same for an article whose address changes, or that has none. */
    identifier: z.string().trim().min(1).max(1_000).optional(),
    url: z
      .url({ protocol: /^https?$/, error: "must be an http(s) address" })
      .max(4_096)
      .optional(),
    headline: z.string().trim().min(1).max(1_000).optional(),
    /** The text, paragraphs apart by blank lines. */
    articleBody: z.string().trim().min(1).optional(),
    html: z.string().trim().min(1).optional(),
    author: z.string().trim().max(300).optional(),
    /** In the future it is an embargo. */
    datePublished: When.optional(),
    /** Orders the revisions: what is older than what is known changes nothing. */
    dateModified: When.optional(),
    /** Not of schema.org, which has no word for an embargo. */
    embargoedUntil: When.optional(),
    /** False keeps it from channels that are not cleared for members' articles. */
    isAccessibleForFree: z.boolean().default(true),
    /** BCP-47. Taken so that a NewsArticle passes as it is; the language is read from the text itself. */
    inLanguage: z.string().max(35).optional(),
  })
  .refine(({ articleBody, html }) => articleBody === undefined || html === undefined, {
    message: "stands beside articleBody; send one of the two",
    path: ["html"],
  })
  .refine(({ event, url, identifier }) => event !== "unpublish" || (url ?? identifier) !== undefined, {
    message: "is needed (or identifier) to take an article back",
    path: ["url"],
  })
  .refine(({ event, url, headline }) => event === "unpublish" || (url ?? headline) !== undefined, {
    message: "is needed where url is missing",
    path: ["headline"],
  })
  .refine(
    ({ event, url, articleBody, html }) =>
      event === "unpublish" || (url ?? articleBody ?? html) !== undefined,
    { message: "is needed (or html) where url is missing", path: ["articleBody"] },
  );
type WebhookArticle = z.infer<typeof WebhookArticle>;

/**
 * Lede's own: signed as Standard Webhooks says (github.com/standard-webhooks), in the words of schema.org. Unknown
 * fields are refused, because a misspelled one would be lost in silence. Throws AppError `config/invalid`.
 */
export function articlesDialect(senders: readonly WebhookSender[]): WebhookDialect {
  const keys = new Map(senders.flatMap(({ secrets }) => secrets).map((secret) => [secret, toKeys(secret)]));
  const read = ({ body, headers, now }: WebhookMessage): WebhookRequest => {
    const id = headers["webhook-id"] ?? "";
    const sender = senderOf(senders, (secret) => isSigned(body, headers, keys.get(secret) ?? []));
    if (id.length > LONGEST_ID || sender === null) throw new AppError("webhook/unsigned");
    const entry = toEntry(id, parseBody(WebhookArticle, body), now);
    return { kind: "entry", source: sender.source, id, entry };
  };
  return { path: "/v1/articles", variable: "LEDE_WEBHOOK_SECRET", isOn: senders.length > 0, read };
}

/**
 * A secret of words may also be valid base64 ("password" is), and senders differ in how they read it: both readings
 * come from the same secret, so either is proof.
 */
function toKeys(secret: string): Webhook[] {
  const coded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const isCoded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(coded);
  if (secret.startsWith(PREFIX) && (!isCoded || coded === ""))
    throw new AppError("config/invalid", {
      say: "A secret of LEDE_WEBHOOK_SECRET or LEDE_PUBLISHERS starts with whsec_ but no base64 follows. Copy it again from where it was made.",
    });
  const keys = isCoded ? [new Webhook(coded)] : [];
  return secret.startsWith(PREFIX) ? keys : [...keys, new Webhook(Buffer.from(secret), { format: "raw" })];
}

function isSigned(
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  keys: readonly Webhook[],
): boolean {
  // The library reads as many digits as there are, and lets pass what follows them.
  if (!/^\d{1,12}$/.test(headers["webhook-timestamp"] ?? "")) return false;
  return keys.some((key) => {
    try {
      key.verify(body, { ...headers }, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  });
}

function toEntry(id: string, article: WebhookArticle, now: Date): Entry {
  const { url = null, headline = null, author = null, datePublished = null } = article;
  const guid = article.identifier ?? url ?? id;
  const updatedAt = article.dateModified ?? null;
  if (article.event === "unpublish") return unpublishEntry({ guid, url, updatedAt });
  return publishEntry({
    guid,
    url,
    title: headline,
    content: toContent(article),
    byline: author,
    publishedAt: datePublished,
    updatedAt,
    visibility: article.isAccessibleForFree ? "public" : "members",
    // With two moments the later one counts: too late is a nuisance, too early is a breach.
    releaseAt: releaseAfter(now, datePublished, article.embargoedUntil),
  });
}

function toContent({ articleBody, html, headline }: WebhookArticle): Entry["content"] {
  if (articleBody !== undefined) return { type: "text", body: articleBody };
  return html === undefined ? null : { type: "html", body: toPage(html, headline ?? null) };
}
