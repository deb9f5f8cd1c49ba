/** First patch of each line of Node without the flaw in its Brotli decoder that was reported in October 2026. */
const FIRST_SOUND: Readonly<Record<number, readonly [minor: number, patch: number]>> = {
  24: [22, 1],
  26: [12, 1],
};

/** The version of this line of Node to go to, such as `26.12.1`; null where `version` is sound or of another line. */
export function sounderNode(version: string): string | null {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const sound = FIRST_SOUND[major];
  if (sound === undefined || minor > sound[0] || (minor === sound[0] && patch >= sound[1])) return null;
  return `${major}.${sound.join(".")}`;
}
