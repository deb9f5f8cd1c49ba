import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import type { Entry } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import type { Clock, Store } from "#src/ports.ts";

export interface WebhookOptions {
  /** `whsec_` and base64, base64 alone, or any words; null refuses every message. */
  secret: string | null;
  store: Pick<Store, "addWebhook">;
  clock: Clock;
  /** Called once an entry is stored, to wake whoever works on it. */
  onAccepted: () => void;
}

const WEBHOOK_PATH = "/v1/articles";
const MAX_BODY_BYTES = 1_048_576;
const LONGEST_ID = 256;
const PREFIX = "whsec_";

const When = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be a date such as 2026-03-01 or 2026-03-01T09:30:00Z",
  })
  .transform((text) => new Date(text));

/** An article as its publisher sends it, in the words of schema.org's NewsArticle. */
const WebhookArticle = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: "must be an http(s) address" })
      .max(4_096)
      .optional(),
    headline: z.string().trim().min(1).max(1_000).optional(),
    /** The text, paragraphs apart by blank lines. */
    articleBody: z.string().trim().min(1).optional(),
    html: z.string().trim().min(1).optional(),
    author: z.string().trim().max(300).optional(),
    datePublished: When.optional(),
    dateModified: When.optional(),
    /** False keeps it from channels that are not cleared for members' articles. */
    isAccessibleForFree: z.boolean().default(true),
    /** BCP-47. Taken so that a NewsArticle passes as it is; the language is read from the text itself. */
    inLanguage: z.string().max(35).optional(),
  })
  .refine(({ articleBody, html }) => articleBody === undefined || html === undefined, {
    message: "stands beside articleBody; send one of the two",
    path: ["html"],
  })
  .refine(({ url, headline }) => url !== undefined || headline !== undefined, {
    message: "is needed where url is missing",
    path: ["headline"],
  })
  .refine(({ url, articleBody, html }) => (url ?? articleBody ?? html) !== undefined, {
    message: "is needed (or html) where url is missing",
    path: ["articleBody"],
  });
type WebhookArticle = z.infer<typeof WebhookArticle>;

/** `POST /v1/articles`, signed as Standard Webhooks says. Throws AppError `webhook/*` for the server to answer. */
export function createWebhook({ secret, store, clock, onAccepted }: WebhookOptions): Hono {
  const app = new Hono();
  const keys = secret === null ? [] : toKeys(secret);

  app.post(WEBHOOK_PATH, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize }), async (context) => {
    if (keys.length === 0)
      throw new AppError("config/invalid", {
        say: "Webhooks are off here. Set LEDE_WEBHOOK_SECRET and start Lede again.",
      });
    const body = Buffer.from(await context.req.arrayBuffer());
    const id = context.req.header("webhook-id") ?? "";
    if (id.length > LONGEST_ID || !isSigned(body, context.req.header(), keys))
      throw new AppError("webhook/unsigned");
    const entry = toEntry(id, parseArticle(body));
    const bodyHash = createHash("sha256").update(body).digest("hex");
    const result = await store.addWebhook({ id, bodyHash, entry, now: clock() });
    if (result.kind === "conflict") throw new AppError("webhook/conflict", { details: { id } });
    if (result.kind === "accepted") onAccepted();
    return context.json({ id: result.entryId, status: "accepted" }, 202);
  });
  return app;
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
      say: "LEDE_WEBHOOK_SECRET starts with whsec_ but no base64 follows. Copy it again from where it was made.",
    });
  const keys = isCoded ? [new Webhook(coded)] : [];
  return secret.startsWith(PREFIX) ? keys : [...keys, new Webhook(Buffer.from(secret), { format: "raw" })];
}

function isSigned(body: Buffer, headers: Record<string, string>, keys: readonly Webhook[]): boolean {
  return keys.some((key) => {
    try {
      key.verify(body, headers, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  });
}

function parseArticle(body: Buffer): WebhookArticle {
  const parsed = WebhookArticle.safeParse(parseJson(body.toString("utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") throw invalid(issue.keys[0] ?? "", "is not a field Lede knows");
  throw invalid(issue?.path.join(".") ?? "", lowerFirst(issue?.message ?? "is not valid"));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("webhook/invalid", { say: "The webhook's body is not valid JSON.", cause });
  }
}

function invalid(field: string, problem: string): AppError {
  if (field === "")
    return new AppError("webhook/invalid", { say: "The webhook's body must be one JSON object." });
  return new AppError("webhook/invalid", {
    say: `The webhook's body does not have the right form: "${field}" ${problem}.`,
    details: { field },
  });
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function toEntry(id: string, article: WebhookArticle): Entry {
  const { url = null, headline = null, articleBody, html, author = null, datePublished = null } = article;
  return {
    guid: url ?? id,
    url,
    title: headline,
    content: toContent(articleBody, html),
    byline: author,
    publishedAt: datePublished,
    updatedAt: article.dateModified ?? null,
    visibility: article.isAccessibleForFree ? "public" : "members",
    via: "webhook",
  };
}

function toContent(text: string | undefined, html: string | undefined): Entry["content"] {
  if (text !== undefined) return { type: "text", body: text };
  return html === undefined ? null : { type: "html", body: html };
}

/** The rest of the body is not read, so the connection can not carry another request. */
function refuseSize(context: Context): never {
  context.header("Connection", "close");
  throw new AppError("webhook/too-large");
}
