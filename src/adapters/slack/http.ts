import { IncomingMessage, type RequestListener, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { HTTPModuleFunctions, type ReceiverProcessEventErrorHandlerArgs } from "@slack/bolt";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { z } from "zod";
import { toAppError } from "#src/core/errors.ts";
import { isStoreCode, STORE_RETRY_SECONDS } from "#src/core/store-trouble.ts";

const EVENTS_PATH = "/slack/events";

/** What Hono's Node server gives to a handler beside the request. */
const NodeBindings = z.object({
  incoming: z.instanceof(IncomingMessage),
  outgoing: z.instanceof(ServerResponse),
});

/** Hands Slack's requests from Lede's web server to Bolt, which checks the signature over the raw body. */
export interface Bridge {
  routes: Hono;
  open: (listener: RequestListener) => void;
  close: () => void;
}

export function createBridge(): Bridge {
  let listener: RequestListener | null = null;
  const routes = new Hono();
  routes.post(EVENTS_PATH, async (context) => {
    // Slack sends events again that met a closed door.
    if (listener === null) return context.text("Lede is starting or stopping.", 503);
    const { incoming, outgoing } = NodeBindings.parse(context.env);
    const answered = finished(outgoing).catch(() => undefined);
    listener(incoming, outgoing);
    // The server would empty the request's body once the handler returns.
    await answered;
    return RESPONSE_ALREADY_SENT;
  });
  return {
    routes,
    open: (opened) => {
      listener = opened;
    },
    close: () => {
      listener = null;
    },
  };
}

/** Bolt's receiver answers with 500 whatever went wrong: an event that could not be stored says so, and when to come again. */
export function answerFailure(failed: ReceiverProcessEventErrorHandlerArgs): Promise<boolean> {
  const { code, say } = toAppError(failed.error);
  const { response } = failed;
  if (response.headersSent || !isStoreCode(code))
    return HTTPModuleFunctions.defaultProcessEventErrorHandler(failed);
  response.writeHead(503, {
    "Content-Type": "application/json",
    "Retry-After": String(STORE_RETRY_SECONDS),
  });
  response.end(JSON.stringify({ error: { code, message: say } }));
  return Promise.resolve(false);
}
