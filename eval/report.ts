import { toText, type Table } from "../bench/figures.ts";

export type { Table };

/** One part of the report: tables, or what another program printed. */
export interface Part {
  title: string;
  /** What was run, for a part that is a program of its own. */
  command?: string;
  tables?: readonly Table[];
  /** Printed as it is. */
  text?: string;
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : ((100 * part) / whole).toFixed(1);
}

/** The part as a terminal shows it. */
export function partText({ title, command, tables = [], text }: Part): string {
  return [
    `== ${title}`,
    ...(command === undefined ? [] : [`$ ${command}`]),
    ...tables.map((table) => `\n${toText(table)}`),
    ...(text === undefined ? [] : [text]),
  ].join("\n");
}

/** The whole report as Markdown; tables stay aligned text, so that it reads the same in a terminal. */
export function toMarkdown(head: readonly string[], parts: readonly Part[]): string {
  const sections = parts.map(({ title, command, tables = [], text }) => {
    const body = [
      ...(command === undefined ? [] : [`$ ${command}`]),
      ...tables.map((table) => toText(table)),
      ...(text === undefined ? [] : [text.trim()]),
    ].join("\n\n");
    return `## ${title}\n\n\`\`\`text\n${body}\n\`\`\`\n`;
  });
  return `# Results of the evaluation\n\n${head.map((line) => `- ${line}`).join("\n")}\n\n${sections.join("\n")}`;
}
