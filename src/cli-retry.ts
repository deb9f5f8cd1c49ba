import { printLine } from "#src/cli-print.ts";
import { retryNow } from "#src/compose-retry.ts";

/** `lede retry`: what is tried again, on standard output. */
export function retry(): Promise<number> {
  return printLine(async () => retriedLine(await retryNow()));
}

function retriedLine({ articles, posts }: { articles: number; posts: number }): string {
  const parts = [...counted(posts, "post"), ...counted(articles, "article")];
  if (parts.length === 0) return "Nothing was given up.";
  return `${parts.join(" and ")} ${posts + articles === 1 ? "is" : "are"} tried again.`;
}

function counted(count: number, name: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${name}` : `${count} ${name}s`];
}
