import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "#src/core/errors.ts";
import { type Publishers, speaksFor } from "#src/core/publisher.ts";
import type { Clock } from "#src/ports.ts";
import type { Store } from "#src/ports-store.ts";
import { articlesDialect } from "./webhook-articles.ts";
import { ghostDialect } from "./webhook-ghost.ts";
import { bodyHash, type WebhookDialect, type WebhookSender } from "./webhook-message.ts";
import { wordpressDialect } from "./webhook-wordpress.ts";

/** Who may send how, with secrets of their own, so that what one can prove opens nothing else; nobody's every message is refused. */
export interface WebhookSenders {
  articles: readonly WebhookSender[];
  ghost: readonly WebhookSender[];
  wordpress: readonly WebhookSender[];
}

export interface WebhookOptions {
  senders: WebhookSenders;
  publishers: Publishers;
  store: Pick<Store, "addWebhook">;
  clock: Clock;
  /** Called once an entry is stored, to wake whoever works on it. */
  onAccepted: () => void;
}

const MAX_BODY_BYTES = 1_048_576;

/**
 * `POST /v1/articles`, `/v1/ghost` and `/v1/wordpress`. Answers 202 with `status` accepted, replay, stale or ignored;
 * throws AppError `webhook/*` for the server to answer, and `config/invalid` at once for a secret that can not be one.
 */
export function createWebhook(options: WebhookOptions): Hono {
  const { senders } = options;
  const app = new Hono();
  const dialects = [
    articlesDialect(senders.articles),
    ghostDialect(senders.ghost),
    wordpressDialect(senders.wordpress),
  ];
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseSize });
  for (const dialect of dialects)
    app.post(dialect.path, limit, (context) => receive(context, dialect, options));
  return app;
}

async function receive(
  context: Context,
  dialect: WebhookDialect,
  { clock, onAccepted, publishers, store }: WebhookOptions,
): Promise<Response> {
  if (!dialect.isOn)
    throw new AppError("config/invalid", {
      say: `Webhooks are off here. Set ${dialect.variable} and start Lede again.`,
    });
  const body = Buffer.from(await context.req.arrayBuffer());
  const now = clock();
  const request = dialect.read({ body, headers: context.req.header(), now });
  if (request.kind === "ignored") return context.json({ status: "ignored", reason: request.reason }, 202);
  const { entry, id, source } = request;
  if (entry.url !== null && !speaksFor(publishers, source, entry.url))
    throw new AppError("webhook/not-yours", { details: { source } });
  const result = await store.addWebhook({ source, id, bodyHash: bodyHash(body), entry, now });
  if (result.kind === "conflict") throw new AppError("webhook/conflict", { details: { id } });
  if (result.kind !== "accepted") return context.json({ id: result.entryId, status: result.kind }, 202);
  onAccepted();
  const held = entry.releaseAt === null ? {} : { releaseAt: entry.releaseAt.toISOString() };
  return context.json({ id: result.entryId, status: "accepted", ...held }, 202);
}

/** The rest of the body is not read, so the connection can not carry another request. */
function refuseSize(context: Context): never {
  context.header("Connection", "close");
  throw new AppError("webhook/too-large");
}
