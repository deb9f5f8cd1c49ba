import { z } from "zod";
import type { Entry } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import { toPage } from "./webhook-html.ts";
import { bodyHash, invalid, isHmac, parseBody, publishEntry, senderOf } from "./webhook-message.ts";
import { releaseAfter, unpublishEntry } from "./webhook-message.ts";
import type { WebhookDialect, WebhookMessage, WebhookRequest, WebhookSender } from "./webhook-message.ts";

/** The window of Standard Webhooks, for a sender that has none of its own. */
const WINDOW_MS = 5 * 60_000;

/** Ghost writes times as ISO 8601 with milliseconds; one that can not be read counts as not given. */
const When = z
  .string()
  .nullish()
  .transform((text) => {
    const date = new Date(text ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? null : date;
  });
const Author = z.object({ name: z.string().nullish() });

/** A post as Ghost's Admin API gives it; the many fields that Lede has no use for are passed over. */
const GhostPost = z.object({
  id: z.string().min(1).max(100).optional(),
  title: z.string().nullish(),
  html: z.string().nullish(),
  plaintext: z.string().nullish(),
  url: z.string().nullish(),
  status: z.string().optional(),
  visibility: z.string().optional(),
  published_at: When,
  updated_at: When,
  authors: z.array(Author).nullish(),
  primary_author: Author.nullish(),
});
type GhostPost = z.infer<typeof GhostPost>;

/**
 * `{ post: { current, previous } }`, where `previous` holds only what changed, and after a deletion everything while
 * `current` is empty (Ghost, core/server/services/webhooks/serialize.js and its end-to-end snapshots). The name of the
 * event is in no header and no field, so it is read from the two states.
 */
const GhostBody = z.object({
  post: z.object({ current: GhostPost.prefault({}), previous: GhostPost.prefault({}) }).optional(),
});

const UNSIGNED =
  "The Ghost webhook's signature is missing, wrong or more than 5 minutes old. Enter the value of LEDE_GHOST_SECRET as the webhook's secret in Ghost (5.87.1 or newer), and check both clocks.";

/** Ghost's custom integrations: post published, updated, unpublished, deleted. */
export function ghostDialect(senders: readonly WebhookSender[]): WebhookDialect {
  const read = (message: WebhookMessage): WebhookRequest => {
    const sender = senderOf(senders, (secret) => isSigned(message, secret));
    if (sender === null) throw new AppError("webhook/unsigned", { say: UNSIGNED });
    const { post } = parseBody(GhostBody, message.body);
    if (post === undefined) return { kind: "ignored", reason: "Lede reads Ghost's post events only." };
    const id = `ghost:${bodyHash(message.body)}`;
    const entry = toEntry(post.current, post.previous, message.now);
    if (typeof entry === "string") return { kind: "ignored", reason: entry };
    return { kind: "entry", source: sender.source, id, entry };
  };
  return { path: "/v1/ghost", variable: "LEDE_GHOST_SECRET", isOn: senders.length > 0, read };
}

/**
 * `X-Ghost-Signature: sha256=<hex>, t=<milliseconds>` over body and time (Ghost, webhook-trigger.js). Before 5.87.1 the
 * time was not signed, so that anyone could set it anew: such a signature is refused.
 */
function isSigned({ body, headers, now }: WebhookMessage, secret: string): boolean {
  const parts = /^sha256=([0-9a-f]{64}),\s*t=(\d{1,15})$/.exec(headers["x-ghost-signature"] ?? "");
  if (parts === null) return false;
  const [, proof, time = ""] = parts;
  const data = Buffer.concat([body, Buffer.from(time)]);
  return (
    isHmac(proof, { secret, data, encoding: "hex" }) && Math.abs(now.getTime() - Number(time)) <= WINDOW_MS
  );
}

/** The entry, or why there is none. */
function toEntry(current: GhostPost, previous: GhostPost, now: Date): Entry | string {
  if (current.id === undefined) {
    if (previous.id === undefined) throw invalid("post.current.id", "is needed");
    return takeBack(previous.id, previous.updated_at);
  }
  if (current.status === "published") return publish(current, current.id, now);
  if (previous.status === "published") return takeBack(current.id, current.updated_at);
  if (current.status === "scheduled")
    return "The post is scheduled. Ghost sends it again when it is published.";
  if (current.status === "sent") return "The post was sent by e-mail only.";
  return "The post is a draft.";
}

/** Without an address: a draft's is that of its preview, and a deleted post has none. */
function takeBack(id: string, updatedAt: Date | null): Entry {
  return unpublishEntry({ guid: `ghost:${id}`, url: null, updatedAt });
}

function publish(post: GhostPost, id: string, now: Date): Entry {
  const title = post.title ?? null;
  // "members", "paid", "tiers" or a filter; what is not said to be public is not.
  const visibility = post.visibility === "public" ? "public" : "members";
  return publishEntry({
    guid: `ghost:${id}`,
    url: toUrl(post.url),
    title,
    // A members' post stays so as a whole, its open beginning too: what stands above the paywall is cut for the site.
    content: toContent(post, visibility),
    byline: toByline(post),
    publishedAt: post.published_at,
    updatedAt: post.updated_at,
    visibility,
    releaseAt: releaseAfter(now, post.published_at),
  });
}

/** Ghost gives `<site>/404/` for a post that its router does not know. */
function toUrl(url: string | null | undefined): string {
  const parsed = URL.parse(url ?? "");
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || /\/404\/?$/.test(parsed.pathname))
    throw invalid("post.current.url", "must be the post's http(s) address");
  return parsed.href;
}

function toContent({ html, plaintext, title }: GhostPost, visibility: Entry["visibility"]): Entry["content"] {
  if (html) {
    const open = visibility === "public" ? withoutGated(html) : html;
    return { type: "html", body: toPage(open, title ?? null) };
  }
  return plaintext?.trim() ? { type: "text", body: plaintext } : null;
}

/**
 * A public post may hold cards for members alone, marked by comments (Ghost, serializers/output/utils/post-gating.js).
 * Only a card that names strangers among its readers stays; a mark without an end takes the rest with it.
 */
function withoutGated(html: string): string {
  return html.replace(
    /<!--\s*kg-gated-block:begin([^\n]*?)-->([\s\S]*?)(?:<!--\s*kg-gated-block:end\s*-->|$)/g,
    (_block, mark: string, text: string) => (/\bnonMember:["']?true\b/.test(mark) ? text : ""),
  );
}

function toByline({ authors, primary_author: primary }: GhostPost): string | null {
  const names = (authors ?? []).flatMap(({ name }) => name?.trim() || []);
  return names.join(", ") || primary?.name?.trim() || null;
}
