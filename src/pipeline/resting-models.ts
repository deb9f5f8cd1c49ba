import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  noJitterGenerator,
} from "cockatiel";
import { AppError, toAppError } from "#src/core/errors.ts";
import type { Breaker } from "#src/core/breaker.ts";
import type { Clock, Writer } from "#src/ports.ts";
import { watchBreaker } from "./breaker.ts";

/** A model that gave no answer this often running is left alone for a while: nobody waits for it meanwhile. */
const FAILURES_UNTIL_REST = 2;
/** Then one brief asks it again: after 30 s, then later and later, ten minutes at most. */
const REST = new ExponentialBackoff({
  initialDelay: 30_000,
  maxDelay: 600_000,
  generator: noJitterGenerator,
});

export interface RestingModels {
  writers: Writer[];
  /** How each model is, the one that is asked first before the others. */
  states: () => { name: string; breaker: Breaker }[];
}

/** The same writers; a model that does not answer is not waited for again and again. */
export function restModels(writers: readonly Writer[], clock: Clock): RestingModels {
  const rested = writers.map((writer) =>
    writer.model === null ? { writer, state: null } : resting(writer, writer.model, clock),
  );
  return {
    writers: rested.map(({ writer }) => writer),
    states: () => rested.flatMap(({ state }) => (state === null ? [] : [state()])),
  };
}

function resting(writer: Writer, name: string, clock: Clock) {
  const isOutage = (error: unknown): boolean => toAppError(error).code === "writer/unavailable";
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: REST,
    breaker: new ConsecutiveBreaker(FAILURES_UNTIL_REST),
  });
  const stateNow = watchBreaker({ breaker, clock, codeOf: (error) => toAppError(error).code });
  let last: AppError | null = null;
  const write: Writer["write"] = async (request) => {
    // One asks whether it answers again; the others do not wait for what it finds.
    if (breaker.state === CircuitState.HalfOpen) throw asBefore(last);
    try {
      return await breaker.execute(() => writer.write(request), request.signal);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw asBefore(last);
      if (!request.signal.aborted) last = toAppError(error);
      throw error;
    }
  };
  return { writer: { ...writer, write }, state: () => ({ name, breaker: stateNow() }) };
}

/** What it failed of when it was asked last, without that call's bill. */
function asBefore(last: AppError | null): AppError {
  const { reason = null } = last?.details ?? {};
  return new AppError("writer/unavailable", { details: { reason, isResting: true } });
}
