import { APIConnectionError, APIError } from "openai";

/** The pieces of a streamed answer. What breaks on the way is a failed connection, as it is for an answer in one piece. */
export async function* piecesOf<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof APIError ? error : brokenOff();
  }
}

/** The error for a stream that ended before its answer did: the client itself ends such a stream in silence. */
export function brokenOff(): Error {
  return new APIConnectionError({ message: "the stream ended before the answer" });
}

/** The error for a server that was asked for a stream and sent something else: it is asked again without. */
export function noStream(): Error {
  const error = { message: "'stream' brought no events", param: "stream", type: "no_stream", code: null };
  return APIError.generate(400, { error }, undefined, new Headers());
}
