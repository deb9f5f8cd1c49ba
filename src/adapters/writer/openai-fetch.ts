import type { ClientOptions } from "openai";

export type Fetch = NonNullable<ClientOptions["fetch"]>;

/** A draft is a few kilobytes, streamed with its wrapping some hundred; an answer past this is something else. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * A fetch that reads the whole body under a limit. A socket cut inside the body then is a failed connection like any
 * other; left to the client it would surface as a bare TypeError. A stream of events is passed on under the same limit.
 */
export function boundedFetch(fetch: Fetch, maxBytes = MAX_ANSWER_BYTES): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    const { status, statusText } = response;
    if (response.ok && response.body !== null && isEventStream(headers)) {
      return new Response(response.body.pipeThrough(limited(maxBytes)), { status, statusText, headers });
    }
    const body = await readText(response, maxBytes);
    // A 204 may carry no body, not even an empty one.
    return new Response(body === "" ? null : body, { status, statusText, headers });
  };
}

function isEventStream(headers: Headers): boolean {
  return (headers.get("content-type") ?? "").startsWith("text/event-stream");
}

/** Ends a stream that passes the limit; what was asked for has not been said by then. */
function limited(maxBytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.terminate();
      else controller.enqueue(chunk);
    },
  });
}

/** What is too large is read as nothing: no answer of the API, and no reason to ask for it again. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return "";
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
