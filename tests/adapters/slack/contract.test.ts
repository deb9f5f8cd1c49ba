import { describePlatform } from "#tests/contracts/platform.ts";
import { openBench } from "./bench.ts";

describePlatform("slack", openBench);
