import { z } from "zod";
import type { Entry } from "#src/core/article.ts";
import { AppError } from "#src/core/errors.ts";
import { toPage } from "./webhook-html.ts";
import { bodyHash, invalid, isHmac, parseBody, publishEntry, senderOf } from "./webhook-message.ts";
import { releaseAfter, unpublishEntry } from "./webhook-message.ts";
import type { WebhookDialect, WebhookMessage, WebhookRequest, WebhookSender } from "./webhook-message.ts";

/** WordPress keeps times as `2026-03-01 09:30:00`, in UTC where the name ends in `gmt`; a draft's is all zeros. */
const When = z
  .string()
  .nullish()
  .transform((text) => {
    const date = new Date(`${(text ?? "").replace(" ", "T")}Z`);
    return Number.isNaN(date.getTime()) ? null : date;
  });

/** A row of `wp_posts` as `get_post()` gives it. */
const WordPressPost = z.object({
  ID: z.coerce.number(),
  post_title: z.string().nullish(),
  post_content: z.string().nullish(),
  post_status: z.string(),
  post_password: z.string().nullish(),
  post_type: z.string().default("post"),
  post_date_gmt: When,
  post_modified_gmt: When,
  guid: z.string().nullish(),
});
type WordPressPost = z.infer<typeof WordPressPost>;

/**
 * The payload of the plugin "WP Webhooks" (its triggers post_create, post_update, post_trash and post_delete, which
 * differ in `post_before` alone). WordPress itself sends no webhooks, and those of WooCommerce hold no posts.
 */
const WordPressBody = z.object({
  /** The trigger's name. The plugin sends it in a header, which nobody signs: docs/webhooks.md puts it here. */
  webhook_name: z.string().optional(),
  post_id: z.coerce.number().optional(),
  post: WordPressPost.optional(),
  post_before: z.union([z.object({ post_status: z.string().optional() }), z.literal(false)]).nullish(),
  post_permalink: z.union([z.string(), z.literal(false)]).nullish(),
});
type WordPressBody = z.infer<typeof WordPressBody>;

/** States in which a post can be read by somebody, now or from its date on. */
const OUT = new Set(["publish", "private", "future"]);
/** Types of WordPress's own that are no articles; a site's own types may well be. */
const NO_ARTICLES =
  /^(?:page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|product|product_variation|shop_\w+)$/;

const UNSIGNED =
  "The WordPress webhook's signature is missing or wrong. Lede needs X-WC-Webhook-Signature: the body's HMAC-SHA256 with LEDE_WORDPRESS_SECRET, in base64. docs/webhooks.md shows how; docs/wordpress-lede.php needs no plugin at all.";

/** Posts of WordPress, sent by the plugin "WP Webhooks" or in its form. */
export function wordpressDialect(senders: readonly WebhookSender[]): WebhookDialect {
  const read = ({ body, headers, now }: WebhookMessage): WebhookRequest => {
    const sender = senderOf(senders, (secret) => isSigned({ body, headers }, secret));
    if (sender === null) throw new AppError("webhook/unsigned", { say: UNSIGNED });
    const parsed = parseBody(WordPressBody, body);
    refuseUnsignedDeletion(parsed, headers);
    const entry = toEntry(parsed, now);
    if (typeof entry === "string") return { kind: "ignored", reason: entry };
    // There is no signed time: only that a body counts once keeps an old message from being sent again.
    return { kind: "entry", source: sender.source, id: `wordpress:${bodyHash(body)}`, entry };
  };
  return { path: "/v1/wordpress", variable: "LEDE_WORDPRESS_SECRET", isOn: senders.length > 0, read };
}

/**
 * The body's HMAC-SHA256 in base64, as WooCommerce signs (class-wc-webhook.php) and WP Webhooks did before 3.0.1. Since
 * then the plugin's own header signs the webhook's name alone: it proves nothing of the body, so it does not pass.
 */
function isSigned({ body, headers }: Pick<WebhookMessage, "body" | "headers">, secret: string): boolean {
  const given = [headers["x-wc-webhook-signature"], headers["x-wp-webhook-signature"]];
  return given.some((proof) => isHmac(proof, { secret, data: body, encoding: "base64" }));
}

/** With a header alone anyone who saw a publication could make it a deletion. */
function refuseUnsignedDeletion(
  { webhook_name: name, post }: WordPressBody,
  headers: Readonly<Record<string, string>>,
): void {
  const isClaimed = headers["x-wp-webhook-name"] === "post_delete";
  if (!isClaimed || name === "post_delete" || !OUT.has(post?.post_status ?? "")) return;
  throw invalid(
    "webhook_name",
    "must say post_delete: a deletion counts only where it is signed with the body",
  );
}

/** The entry, or why there is none. */
function toEntry(body: WordPressBody, now: Date): Entry | string {
  const { post } = body;
  if (post === undefined) return "There is no post in it.";
  if (body.post_id !== undefined && body.post_id !== post.ID) return "It is the plugin's demo.";
  if (NO_ARTICLES.test(post.post_type)) return `A ${post.post_type} is no article.`;
  const guid = toGuid(post, body.post_permalink);
  const isDeletion = body.webhook_name === "post_delete";
  const isOut = OUT.has(post.post_status);
  if (isOut && !isDeletion) return publish(body, { post, guid, now });
  const before = body.post_before ? body.post_before.post_status : undefined;
  if (isDeletion || post.post_status === "trash" || OUT.has(before ?? "")) {
    // Without an address: one in the trash has another than it had.
    return unpublishEntry({ guid, url: null, updatedAt: post.post_modified_gmt });
  }
  return "The post is a draft.";
}

/** A post's number is its site's; its guid never changes and tells the sites apart. */
function toGuid({ ID, guid }: WordPressPost, permalink: WordPressBody["post_permalink"]): string {
  return `wordpress:${guid?.trim() || `${URL.parse(permalink || "")?.host ?? ""}#${ID}`}`;
}

function publish(
  { post_permalink: permalink }: WordPressBody,
  { post, guid, now }: { post: WordPressPost; guid: string; now: Date },
): Entry {
  const title = post.post_title?.trim() || null;
  const isOpen = post.post_status !== "private" && !post.post_password;
  return publishEntry({
    guid,
    url: toUrl(permalink),
    title,
    // Plugins for members gate the page and not the stored text: what is public is read from the page, as a stranger.
    content: isOpen ? null : toContent(post.post_content ?? "", title),
    publishedAt: post.post_date_gmt,
    updatedAt: post.post_modified_gmt,
    visibility: isOpen ? "public" : "members",
    releaseAt: releaseAfter(now, post.post_date_gmt),
  });
}

function toUrl(permalink: WordPressBody["post_permalink"]): string {
  const url = URL.parse(permalink || "");
  if (url === null || !/^https?:$/.test(url.protocol))
    throw invalid("post_permalink", "must be the post's http(s) address");
  return url.href;
}

/** The stored text of the classic editor has no paragraphs, only blank lines, and marks of media in brackets. */
function toContent(stored: string, title: string | null): Entry["content"] {
  const text = stored.replace(/\[\/?(?:caption|gallery|audio|video|playlist|embed)\b[^\]]*\]/g, "").trim();
  if (text === "") return null;
  const isMarked = /<p[\s>]|<!-- wp:/.test(text);
  const html = isMarked
    ? text
    : text
        .split(/\n\s*\n/)
        .map((part) => `<p>${part}</p>`)
        .join("");
  return { type: "html", body: toPage(html, title) };
}
