/** A part of the report: what was measured, one row per thing, and what the figures mean. */
export interface Table {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  note: string;
}

/** The table as aligned plain text: the first column to the left, figures to the right. */
export function toText({ title, head, rows, note }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [title, lines[0], rule, ...lines.slice(1), note].join("\n");
}

/** The value below which the share (0 to 1) of the values lies, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function toRatio(value: number, floor: number): string {
  return `${(value / floor).toFixed(2)}x`;
}
