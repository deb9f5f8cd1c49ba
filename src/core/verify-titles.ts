import type { Claim, Context, Failure } from "./claims.ts";
import { bearersIn, peopleIn } from "./people.ts";

/** An office that the article gives to one person may not go to another whom it calls something else. */
export function checkTitles(claim: Claim, { article }: Context): Failure | null {
  if (claim.translated) return null;
  const people = peopleIn(article);
  for (const { name, kinds } of bearersIn(claim, claim.language, people)) {
    const own = people.near.get(name);
    if (own === undefined || kinds.some((kind) => own.has(kind))) continue;
    const holders = people.bearers.filter((other) => other.kinds.some((kind) => kinds.includes(kind)));
    const titled = people.apposed.has(name) || people.bearers.some((other) => other.name === name);
    if (holders.length > 0 && titled) return { reason: "name", detail: name, rule: "office of another" };
  }
  return null;
}
