import { z } from "zod";

const count = z.coerce.number("must be a number").int().min(0).max(100_000);

/** The variables about what one person may use, in the order of `.env.example`. */
export const PEOPLE_ENV = {
  LEDE_PERSON_COMMANDS: count.default(20),
  LEDE_PERSON_BRIEFS: count.default(5),
  LEDE_PERSON_BUDGET: z.coerce.number("must be a number of per cent").int().min(1).max(100).default(20),
} as const;

const PeopleEnv = z.object(PEOPLE_ENV);

/** What one person may use; null is no limit. */
export interface PeopleConfig {
  /** Commands in ten minutes. */
  commands: number | null;
  /** New briefs in a minute. */
  briefs: number | null;
  /** Of each day's budget, in per cent. */
  budgetPercent: number;
}

export function toPeople(env: z.output<typeof PeopleEnv>): PeopleConfig {
  return {
    commands: env.LEDE_PERSON_COMMANDS || null,
    briefs: env.LEDE_PERSON_BRIEFS || null,
    budgetPercent: env.LEDE_PERSON_BUDGET,
  };
}
