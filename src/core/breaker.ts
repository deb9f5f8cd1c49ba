import type { ErrorCode } from "./error-table.ts";

/**
 * Whether something outside is used: as ever (closed), not for now (open), or by one piece of work that finds out whether
 * it is back (half-open). `since` is when it was given up, or when it was last taken up again.
 */
export type Breaker =
  | { state: "closed"; since: Date }
  | { state: "open" | "half-open"; since: Date; why: ErrorCode | null };
