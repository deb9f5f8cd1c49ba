import { AppError } from "#src/core/errors.ts";
import { NOBODY } from "#src/core/budget.ts";
import { cacheKey, stands, stopgapKey } from "./brief-key.ts";
import { createMeter } from "./budget.ts";
import { type BriefWriter, meterDeps, saveDraft, toWriteRequest, type WriteDeps } from "./write-brief.ts";

/**
 * Makes the brief that stands until the model's is there: the built-in writer's, which never fails to come. A brief that
 * the model has written already is given instead. Throws AppError `brief/no-facts`.
 */
export function createStopgapWriter(deps: WriteDeps): BriefWriter {
  const [best] = deps.writers;
  return async (request) => {
    const standing = request.standing?.find((brief) => stands(deps, brief, request));
    if (standing !== undefined) return standing;
    const key = cacheKey(deps, best, request);
    const known = (await deps.store.findBrief(key)) ?? (await deps.store.findBrief(stopgapKey(key)));
    if (known !== null) return known;
    const builtIn = deps.writers.find(({ name }) => name === "extractive");
    if (builtIn === undefined) throw new AppError("bug", { details: { reason: "no built-in writer" } });
    const written = await builtIn.write(toWriteRequest(request));
    return saveDraft(deps, {
      written: { ...written, writer: { ...written.writer, stopgap: true } },
      request,
      meter: createMeter(meterDeps(deps), NOBODY),
      key: stopgapKey(key),
    });
  };
}
