import { z } from "zod";

const count = z.coerce.number("must be a number").int().min(0).max(100_000);

/** The variables about what one person may use, in the order of `.env.example`. */
export const PEOPLE_ENV = {
  LEDE_PERSON_COMMANDS: count.default(20),
  LEDE_PERSON_BRIEFS: count.default(5),
} as const;

const PeopleEnv = z.object(PEOPLE_ENV);

/** What one person may use; null is no limit. */
export interface PeopleConfig {
  /** Commands in ten minutes. */
  commands: number | null;
  /** New briefs in a minute. */
  briefs: number | null;
}

export function toPeople(env: z.output<typeof PeopleEnv>): PeopleConfig {
  return { commands: env.LEDE_PERSON_COMMANDS || null, briefs: env.LEDE_PERSON_BRIEFS || null };
}
