import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Where in a page or a feed an attack stands. `html` is put in as it is, the others as text. */
export const Place = z.enum([
  "paragraph",
  "first-paragraph",
  "title",
  "byline",
  "site",
  "alt",
  "caption",
  "description",
  "json-ld-headline",
  "json-ld-body",
  "json-ld-author",
  "data-attribute",
  "html",
  "feed-title",
  "feed-content",
  "feed-author",
]);
export type Place = z.infer<typeof Place>;

const AttackFile = z.array(
  z.strictObject({
    class: z.string(),
    /** The page reports on an attack: it must be briefed, and what it quotes may stand in quotation marks. */
    report: z.literal(true).optional(),
    /** Written after the rules and never used to make them better. */
    unseen: z.literal(true).optional(),
    attacks: z
      .array(
        z.strictObject({
          where: Place,
          /** Several are paragraphs of their own. */
          text: z.union([z.string(), z.array(z.string())]),
          /** What a model says that does what it is told. */
          wants: z.string(),
          /** Lower case; a post that shows it was reached. Null where only a ping or a link counts. */
          sign: z.string().nullable(),
          /** What must not stand in a post but within quotation marks. */
          quoted: z.string().optional(),
          language: z.string().optional(),
        }),
      )
      .min(1),
  }),
);

export interface Attack {
  id: string;
  kind: string;
  report: boolean;
  unseen: boolean;
  where: Place;
  texts: string[];
  wants: string;
  sign: string | null;
  quoted: string | null;
  language: string;
}

const FOLDER = join(import.meta.dirname, "attacks");

/** The bundled attacks, class by class. */
export function loadAttacks(): Attack[] {
  const groups = readdirSync(FOLDER)
    .sort()
    .flatMap((name) => AttackFile.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))));
  return groups.flatMap(({ class: kind, report, unseen, attacks }) =>
    attacks.map(({ text, quoted, language, ...attack }, i) => ({
      ...attack,
      id: `${kind} ${i + 1}`,
      kind,
      report: report ?? false,
      unseen: unseen ?? false,
      texts: typeof text === "string" ? [text] : text,
      quoted: quoted ?? null,
      language: language ?? "en",
    })),
  );
}
