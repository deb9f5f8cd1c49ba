import { type CircuitBreakerPolicy, CircuitState } from "cockatiel";
import type { Breaker } from "#src/core/breaker.ts";
import type { ErrorCode } from "#src/core/error-table.ts";
import type { Clock } from "#src/ports.ts";

interface Watched {
  breaker: CircuitBreakerPolicy;
  clock: Clock;
  /** What the work failed of, from what it threw or returned. */
  codeOf: (failure: unknown) => ErrorCode | null;
}

/** Tells how a breaker stands; a try in vain leaves it open since when it opened first. */
export function watchBreaker({ breaker, clock, codeOf }: Watched): () => Breaker {
  let since = clock();
  let why: ErrorCode | null = null;
  let isOpen = false;
  breaker.onBreak((failure) => {
    if (!isOpen) since = clock();
    isOpen = true;
    why = codeOf("error" in failure ? failure.error : "value" in failure ? failure.value : null);
  });
  breaker.onReset(() => {
    since = clock();
    isOpen = false;
  });
  return () =>
    isOpen
      ? { state: breaker.state === CircuitState.HalfOpen ? "half-open" : "open", since, why }
      : { state: "closed", since };
}
