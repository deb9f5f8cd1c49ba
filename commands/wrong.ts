import { z } from "zod";
import { deedsOf } from "#src/core/authority.ts";
import { defineCommand } from "#src/core/command.ts";

export const wrong = defineCommand({
  name: "wrong",
  description: "Look at the evidence of a fact that seems wrong, and take the fact back",
  deeds: deedsOf("wrong"),
  deedOf: ({ fact }) => (fact === undefined ? "wrong" : "wrong take"),
  lane: "quick",
  visibility: "private",
  surfaces: ["button"],
  messageLabel: null,
  options: z.object({
    brief: z.string().describe("The brief's id"),
    fact: z.int().min(0).optional().describe("The fact to take back, from 0"),
  }),
  // A post's button is `wrong:<brief>:<delivery key>`; a choice in the answer's menu is `wrong:take:<brief>:<fact>`.
  fromText: (text) => {
    const [first = "", second = "", third = ""] = text.split(":");
    return first === "take" ? { brief: second, fact: Number(third) } : { brief: first };
  },
  run: ({ options: { brief, fact }, app }) =>
    fact === undefined ? app.wrong(brief) : app.withdraw(brief, fact),
});
