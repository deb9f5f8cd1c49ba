import type { ClientOptions } from "openai";

export type Fetch = NonNullable<ClientOptions["fetch"]>;

/** A draft is a few kilobytes; an answer past this is something else. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * A fetch that reads the whole body under a limit. A socket cut inside the body then is a failed connection like any
 * other; left to the client it would surface as a bare TypeError.
 */
export function boundedFetch(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    const body = await readText(response);
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    const { status, statusText } = response;
    // A 204 may carry no body, not even an empty one.
    return new Response(body === "" ? null : body, { status, statusText, headers });
  };
}

/** What is too large is read as nothing: no answer of the API, and no reason to ask for it again. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return "";
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
