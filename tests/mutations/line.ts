/** A line that guards a promise, and how it is broken. */
export interface BrokenLine {
  file: string;
  /** The text as it stands in the file, once. */
  from: string;
  to: string;
  /** What somebody would lose if it were so. */
  breaks: string;
  /** The test files that must fail then. */
  tests: readonly string[];
}

/** The file's text with the line broken; null where the line does not stand in it exactly once. */
export function brokenText(source: string, { from, to }: Pick<BrokenLine, "from" | "to">): string | null {
  const [before, after, ...more] = source.split(from);
  return before === undefined || after === undefined || more.length > 0 ? null : `${before}${to}${after}`;
}
