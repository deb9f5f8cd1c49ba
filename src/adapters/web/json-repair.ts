import { jsonrepair } from "jsonrepair";

/** Most characters of one piece that are repaired, and of all pieces of one page: repair reads a text many times over. */
export const MOST_REPAIRED = { piece: 8_192, page: 20_480 } as const;

/**
 * Reads the JSON of one page: what is whole whatever its length, and repairs what is broken as long as there is room.
 * Returns undefined for what can not be read.
 */
export function jsonReader(): (text: string) => unknown {
  let left: number = MOST_REPAIRED.page;
  return (text) => {
    const whole = attempt(() => text);
    if (whole !== undefined || text.length > Math.min(left, MOST_REPAIRED.piece)) return whole;
    left -= text.length;
    return attempt(() => jsonrepair(text));
  };
}

function attempt(source: () => string): unknown {
  try {
    return JSON.parse(source());
  } catch {
    return undefined;
  }
}
