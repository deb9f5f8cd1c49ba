import type { ErrorCode } from "./error-table.ts";

/** Whether the store is what failed: whatever was asked of it is to be asked again, once it works. */
export function isStoreCode(code: ErrorCode): boolean {
  return code.startsWith("store/");
}

/** When whoever was refused because of the store is to ask again. */
export const STORE_RETRY_SECONDS = 30;
