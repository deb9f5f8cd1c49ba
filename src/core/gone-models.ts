import { z } from "zod";

/** Names the setting that keeps the models which their server did not know when they were last asked. */
export const GONE_MODELS = "models.gone";

const Names = z.array(z.string());

/** Names of models as a setting keeps them. */
export function readModels(setting: string | null): string[] {
  return setting === null ? [] : Names.parse(JSON.parse(setting));
}
