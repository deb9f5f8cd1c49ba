/** Each names itself last of those it claims to be, so the first that fits is it. */
const BROWSERS = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;
const SYSTEMS = [
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
] as const;
const LONGEST = 40;

/** What a person calls the browser of this user agent. */
export function browserName(agent: string | null): string {
  if (agent === null) return "A program without a name";
  const named = ([pattern]: readonly [RegExp, string]): boolean => pattern.test(agent);
  const browser = BROWSERS.find(named)?.[1];
  const system = SYSTEMS.find(named)?.[1];
  if (browser === undefined) return agent.slice(0, LONGEST);
  return system === undefined ? browser : `${browser} on ${system}`;
}
