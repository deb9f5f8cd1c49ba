import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isObject, parseJson, textOf, type JsonObject } from "./json.ts";
import { postSigned, type SignedAnswer, type SignedBody } from "./signed-http.ts";
import type { SocketHub } from "./socket-mode.ts";

/** How the app acknowledged. */
export interface Ack {
  readonly ok: boolean;
  /** From the first attempt to the acknowledgement or to giving up. */
  readonly ms: number;
  /** Attempts made; more than one only for events. */
  readonly attempts: number;
  /** What the acknowledgement carried; empty when nothing. */
  readonly body: JsonObject;
  /** Why Slack gave up, null when acknowledged. */
  readonly failure: string | null;
}

export interface Outgoing {
  readonly kind: "slash_commands" | "interactive" | "events_api";
  readonly payload: JsonObject;
}

export interface DeliverySettings {
  readonly signingSecret: string;
  /** How long commands and interactions may take. */
  readonly ackTimeoutMs: number;
  /** How long an event may take before it is sent again. */
  readonly redeliverAfterMs: number;
  readonly maxRedeliveries: number;
}

export interface Deliveries {
  /** From now on over signed HTTP to this address, or over Socket Mode when null. */
  readonly deliverTo: (url: string | null) => void;
  /** Sends, again where Slack would; `firstAttempt` > 0 marks the first one as a redelivery. */
  readonly deliver: (outgoing: Outgoing, firstAttempt?: number) => Promise<Ack>;
  /** Waits for what is under way to come to its end. */
  readonly close: () => void;
}

interface Carried {
  readonly body: JsonObject | null;
  readonly failure: string;
  readonly isFinal?: boolean;
}

interface Attempt {
  readonly number: number;
  readonly reason: string;
  readonly timeoutMs: number;
}

/** Brings things to the app over the way in use and tells how they were taken. */
export function createDeliveries(hub: SocketHub, settings: DeliverySettings): Deliveries {
  let target: string | null = null;
  const closing = new AbortController();

  async function deliver(outgoing: Outgoing, firstAttempt = 0): Promise<Ack> {
    const started = performance.now();
    const isEvent = outgoing.kind === "events_api";
    const timeoutMs = isEvent ? settings.redeliverAfterMs : settings.ackTimeoutMs;
    const attempts = isEvent ? 1 + settings.maxRedeliveries : 1;
    let carried: Carried = { body: null, failure: "closed" };
    let made = 0;
    while (made < attempts && !closing.signal.aborted) {
      const attempt = { number: firstAttempt + made, reason: carried.failure, timeoutMs };
      const attemptStarted = performance.now();
      made += 1;
      carried =
        target === null ? await bySocket(hub, outgoing, attempt) : await byHttp(target, outgoing, attempt);
      if (carried.body !== null || carried.isFinal === true || made === attempts) break;
      const restMs = Math.max(0, timeoutMs - (performance.now() - attemptStarted));
      await sleep(restMs, null, { signal: closing.signal }).catch(() => null);
    }
    const ms = performance.now() - started;
    const isOk = carried.body !== null;
    return { ok: isOk, ms, attempts: made, body: carried.body ?? {}, failure: isOk ? null : carried.failure };
  }

  async function byHttp(url: string, outgoing: Outgoing, attempt: Attempt): Promise<Carried> {
    const retry = { "x-slack-retry-num": String(attempt.number), "x-slack-retry-reason": attempt.reason };
    const options = {
      secret: settings.signingSecret,
      timeoutMs: attempt.timeoutMs,
      headers: attempt.number === 0 ? {} : retry,
    };
    try {
      const answer = await postSigned(url, toSignedBody(outgoing), options);
      if (answer.status >= 200 && answer.status < 300) return { body: readAck(answer), failure: "" };
      return { body: null, failure: "http_error", isFinal: answer.headers.get("x-slack-no-retry") === "1" };
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === "TimeoutError";
      return { body: null, failure: isTimeout ? "http_timeout" : "connection_failed" };
    }
  }

  return {
    deliver,
    deliverTo(url) {
      target = url;
    },
    close: () => closing.abort(),
  };
}

function bySocket(hub: SocketHub, outgoing: Outgoing, attempt: Attempt): Promise<Carried> {
  return new Promise((resolve) => {
    const envelopeId = randomUUID();
    const timer = setTimeout(() => resolve({ body: null, failure: "timeout" }), attempt.timeoutMs);
    const finish = (carried: Carried) => {
      clearTimeout(timer);
      resolve(carried);
    };
    hub.onAck(envelopeId, (payload) => finish({ body: payload, failure: "" }));
    const isEvent = outgoing.kind === "events_api";
    const isSent = hub.send({
      envelope_id: envelopeId,
      type: outgoing.kind,
      payload: outgoing.payload,
      accepts_response_payload: !isEvent,
      ...(isEvent
        ? { retry_attempt: attempt.number, retry_reason: attempt.number === 0 ? "" : attempt.reason }
        : {}),
    });
    if (!isSent) finish({ body: null, failure: "no_connection" });
  });
}

function toSignedBody({ kind, payload }: Outgoing): SignedBody {
  if (kind === "events_api") return { json: payload };
  if (kind === "interactive") return { form: { payload: JSON.stringify(payload) } };
  const fields = Object.entries(payload).map(([name, value]) => [name, textOf(value)] as const);
  return { form: Object.fromEntries(fields) };
}

/** An acknowledgement over HTTP may be JSON or plain text. */
function readAck(answer: SignedAnswer): JsonObject {
  const parsed = parseJson(answer.body);
  if (isObject(parsed)) return parsed;
  return answer.body === "" ? {} : { text: answer.body };
}
