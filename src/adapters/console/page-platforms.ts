import type { PlatformName } from "#src/core/channel.ts";
import type { Connection } from "#src/core/connection.ts";
import type { Platform } from "#src/ports.ts";

/** A platform as the page shows it. */
export interface PlatformRow {
  name: PlatformName;
  connection: Connection;
}

export function platformRows(platforms: readonly Platform[]): PlatformRow[] {
  return platforms.map((platform) => ({ name: platform.name, connection: platform.connection() }));
}
