import type { ErrorCode } from "./error-table.ts";

/** Whether the store is what failed: whatever was asked of it is to be asked again, once it works. */
export function isStoreCode(code: ErrorCode): boolean {
  return code.startsWith("store/");
}

/** Whether it is not over by itself: somebody has to restore the store. */
export function needsRepair(code: ErrorCode): boolean {
  return code === "store/damaged" || code === "store/moved";
}

/** When whoever was refused because of the store is to ask again. */
export const STORE_RETRY_SECONDS = 30;
