import { expect, test } from "vitest";
import { sounderNode } from "#src/core/runtime.ts";

test.for([
  ["24.12.0", "24.22.1"],
  ["24.21.0", "24.22.1"],
  ["24.22.0", "24.22.1"],
  ["24.22.1", null],
  ["24.22.2", null],
  ["24.23.0", null],
  ["26.0.0", "26.12.1"],
  ["26.10.0", "26.12.1"],
  ["26.12.0", "26.12.1"],
  ["26.12.1", null],
  ["26.13.0", null],
  ["28.0.0", null],
] as const)("Node %s should go to %s", ([version, wanted]) => {
  expect(sounderNode(version)).toBe(wanted);
});
