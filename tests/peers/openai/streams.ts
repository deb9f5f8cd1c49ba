import type { ServerResponse } from "node:http";
import { type Bill, chatBody, chatPieces, responsesBody, responsesEvents, type Said } from "./answers.ts";
import type { AskedFor } from "./shapes.ts";

interface Answered {
  said: Said;
  bill: Bill;
}

/** An answer in one piece. */
export function bodyOf(path: string, { model }: AskedFor, { said, bill }: Answered): object {
  return path === "/v1/responses" ? responsesBody(model, said, bill) : chatBody(model, said, bill);
}

/** An answer as the lines of an event stream. */
export function eventsOf(path: string, { model, parameters }: AskedFor, { said, bill }: Answered): string[] {
  if (path === "/v1/responses") {
    return responsesEvents(model, said, bill).map(
      (event) => `event: ${"type" in event ? String(event.type) : ""}\ndata: ${JSON.stringify(event)}\n\n`,
    );
  }
  const pieces = chatPieces(model, said, { ...bill, usage: parameters.includes("stream_options") });
  return [...pieces.map((piece) => `data: ${JSON.stringify(piece)}\n\n`), "data: [DONE]\n\n"];
}

/** Half of the events come before a fault, so that something has been said by then. */
export async function sendEvents(
  response: ServerResponse,
  events: readonly string[],
  fault: string | null,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_peer" });
  const sent = fault === null ? events : events.slice(0, Math.ceil(events.length / 2));
  for (const event of sent) {
    response.write(event);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  if (fault === null) response.end();
  if (fault === "break") response.destroy();
}
