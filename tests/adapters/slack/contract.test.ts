import { describePlatform } from "#tests/contracts/platform.ts";
import { openBench } from "./newsroom.ts";

describePlatform("slack", openBench);
