import pino, { type DestinationStream, type Logger } from "pino";
import { AppError } from "#src/core/errors.ts";

export type Log = Logger;

/** Never in a log, wherever they stand in a record: secrets, and the article's own words. */
const REDACTED = ["token", "apiKey", "secret", "authorization", "headers", "handle", "paragraphs", "body"];

interface LogOptions {
  level: string;
  /** "text" for a person at a terminal, "json" for a collector. */
  format: "text" | "json";
}

/** The one logger. Messages are constants, facts are fields. */
export function createLog(
  { level, format }: LogOptions,
  destination: DestinationStream = pino.destination(2),
): Log {
  const options = {
    level,
    base: null,
    redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: "[hidden]" },
    serializers: { err: serialiseError },
  };
  if (format === "json") return pino(options, destination);
  return pino({
    ...options,
    transport: {
      target: "pino-pretty",
      options: { destination: 2, ignore: "pid,hostname", translateTime: "HH:MM:ss" },
    },
  });
}

/** Code, details and the chain of causes; a stack only where the fault is ours. */
function serialiseError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause === undefined ? {} : { cause: serialiseError(error.cause) };
  if (error instanceof AppError && error.code !== "bug") {
    return { code: error.code, message: error.message, details: error.details, ...cause };
  }
  return { name: error.name, message: error.message, stack: error.stack, ...cause };
}
