import { AUTHORITY_LINES } from "./authority.ts";
import { BORDER_LINES } from "./borders.ts";
import { CLEARANCE_LINES } from "./clearance.ts";
import { DELIVERY_LINES } from "./deliveries.ts";
import { INTAKE_LINES } from "./intake.ts";
import type { BrokenLine } from "./line.ts";
import { LANE_LINES } from "./lanes.ts";
import { MONEY_LINES } from "./money.ts";
import { PLATFORM_LINES } from "./platforms.ts";
import { SECRET_LINES } from "./secrets.ts";
import { STORE_LINES } from "./store.ts";

/** Every line that is known to guard a promise in what is not pure, with the tests that guard it. */
export const LINES: readonly BrokenLine[] = [
  ...DELIVERY_LINES,
  ...INTAKE_LINES,
  ...CLEARANCE_LINES,
  ...AUTHORITY_LINES,
  ...BORDER_LINES,
  ...LANE_LINES,
  ...MONEY_LINES,
  ...PLATFORM_LINES,
  ...SECRET_LINES,
  ...STORE_LINES,
];
