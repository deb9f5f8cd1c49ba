import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMANDS } from "#commands";
import { AUTHORITY, DEEDS, ROLES } from "#src/core/authority.ts";

test("the table in docs/security.md is the one that decides", () => {
  const text = readFileSync("docs/security.md", "utf8");
  const [, shown = ""] = /<!-- authority -->\n([\s\S]*?)<!-- \/authority -->/.exec(text) ?? [];
  const rows = DEEDS.map((deed) => [
    `\`${deed}\``,
    ...ROLES.map((role) => AUTHORITY[deed][role].replace("none", "—")),
  ]);
  const lines = [["", ...ROLES], ["---", ...ROLES.map(() => "---")], ...rows];
  expect(shown.trim()).toBe(lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
});

test("every deed is that of one command", () => {
  const deeds = COMMANDS.flatMap((command) => command.deeds);
  expect(deeds.toSorted()).toEqual([...DEEDS].toSorted());
});
