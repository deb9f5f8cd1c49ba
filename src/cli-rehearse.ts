import { createInterface } from "node:readline/promises";
import { createSpinner } from "nanospinner";
import { z } from "zod";
import { openRehearsal, type RehearsalTools } from "#src/compose-rehearse.ts";
import { readConfig } from "#src/config.ts";
import { moneyText, toMillionths } from "#src/core/budget.ts";
import { AppError, toAppError } from "#src/core/errors.ts";
import { costOf } from "#src/core/pricing.ts";
import type { Rehearsal } from "#src/core/rehearsal.ts";
import { EXIT, exitCodeOf } from "#src/exit.ts";
import { estimateRehearsal, type Estimate, pastStories, rehearse } from "#src/pipeline/rehearse.ts";
import { createLedger, type Most } from "#src/pipeline/rehearse-stage.ts";
import { stopSignal } from "#src/stop-signal.ts";

const Options = z.object({
  days: z.coerce.number("--days must be a number").min(0.01, "--days must be more than 0").max(366),
  limit: z.coerce.number("--limit must be a number of articles").int().min(1).optional(),
  model: z.string().optional(),
  verify: z.enum(["rules", "model"]).optional(),
  houseStyle: z.string().optional(),
  budget: z.string().optional(),
  yes: z.boolean().default(false),
  json: z.boolean().default(false),
});
type Options = z.output<typeof Options>;

/** `lede rehearse`: what the settings of now would make of the last days' posts, on standard output. Returns the exit code. */
export async function rehearseOnce(rawOptions: unknown): Promise<number> {
  const stopping = new AbortController();
  void stopSignal().then(() => stopping.abort());
  try {
    const options = readOptions(rawOptions);
    const tools = await openRehearsal(readConfig(settingsOf(options)));
    try {
      return await rehearseWith(tools, options, stopping);
    } finally {
      await tools.close();
    }
  } catch (thrown) {
    if (stopping.signal.aborted) return unfinished("Stopped. No model was asked.");
    const error = toAppError(thrown);
    process.stderr.write(`${error.say}\n`);
    if (error.code === "bug") process.stderr.write(`${String(error.cause)}\n`);
    return exitCodeOf(error.code);
  }
}

function readOptions(raw: unknown): Options {
  const parsed = Options.safeParse(raw);
  if (parsed.success) return parsed.data;
  const say = parsed.error.issues.map(({ message, path }) => `--${path.join(".")}: ${message}.`).join(" ");
  throw new AppError("command/bad-options", { say });
}

/** The variables that the options stand for. */
function settingsOf({ houseStyle, model, verify }: Options): Record<string, string> {
  const given = { OPENAI_MODEL: model, LEDE_VERIFY: verify, LEDE_HOUSE_STYLE: houseStyle };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function rehearseWith(
  tools: RehearsalTools,
  options: Options,
  stopping: AbortController,
): Promise<number> {
  const { deps, isPriced, prices } = tools;
  const { signal } = stopping;
  const budget = options.budget === undefined ? null : readBudget(options.budget, tools);
  const stories = await pastStories(deps, { days: options.days, limit: options.limit ?? null });
  const isAsked = tools.models.length > 0;
  const estimate = isAsked
    ? await spinning("Looking at what is there…", () => estimateRehearsal(deps, stories, signal))
    : null;
  const most = await allowed({ tools, options, estimate, budget, stopping });
  if (most === null) return unfinished("No model was asked, and nothing was spent.");
  const rehearsal = await spinning("Rehearsing…", (say) =>
    rehearse(deps, {
      stories,
      ledger: createLedger(most),
      isPriced,
      signal,
      progress: (done) => say(`${done} of ${stories.ids.length} stories rehearsed…`),
    }),
  );
  process.stdout.write(options.json ? toJson(rehearsal, tools) : tools.print(rehearsal));
  return ending(rehearsal, mostText(most, prices.currency));
}

function toJson(rehearsal: Rehearsal, { models, prices }: RehearsalTools): string {
  const { money } = rehearsal.spent;
  const spent = { ...rehearsal.spent, money: money === null ? null : money / 1_000_000 };
  return `${JSON.stringify({ models, currency: prices.currency, ...rehearsal, spent }, null, 2)}\n`;
}

function ending({ done, stopped, stories }: Rehearsal, most: string): number {
  if (stopped === null) return EXIT.ok;
  const so = `${done} of ${stories} stories were rehearsed.`;
  return unfinished(
    stopped === "budget"
      ? `Stopped: the next call has no room in ${most}. ${so} Give it more with --budget, or fewer articles with --limit.`
      : `Stopped. ${so}`,
  );
}

function unfinished(text: string): number {
  process.stderr.write(`${text}\n`);
  return EXIT.unfinished;
}

interface Asking {
  tools: RehearsalTools;
  options: Options;
  /** Null where no model is asked. */
  estimate: Estimate | null;
  budget: Most | null;
  stopping: AbortController;
}

const NOTHING: Most = { tokens: 0, money: 0 };

/** How much may be spent; null where nobody said so. */
async function allowed({ budget, estimate, options, stopping, tools }: Asking): Promise<Most | null> {
  if (estimate === null || estimate.briefs === 0) return budget ?? NOTHING;
  process.stderr.write(`${estimateText(estimate, tools)}\n`);
  const usual: Most = tools.isPriced
    ? { tokens: null, money: estimate.most.money }
    : { tokens: estimate.most.tokens, money: null };
  const most = budget ?? usual;
  if (options.yes) return most;
  if (process.stdin.isTTY && process.stderr.isTTY) return ask(most, tools, stopping);
  process.stderr.write("To go on, give the same command with --yes, and --budget for less.\n");
  return null;
}

async function ask(most: Most, tools: RehearsalTools, stopping: AbortController): Promise<Most | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.once("SIGINT", () => stopping.abort());
  try {
    const text = mostText(most, tools.prices.currency);
    const question = `How much may it spend at most? Enter for ${text}, another amount, or no: `;
    const answer = (await terminal.question(question, { signal: stopping.signal })).trim();
    if (/^no?$/i.test(answer)) return null;
    return answer === "" ? most : readBudget(answer, tools);
  } finally {
    terminal.close();
  }
}

function estimateText(
  { briefs, most, usual }: Estimate,
  { isPriced, models, prices }: RehearsalTools,
): string {
  const { currency } = prices;
  const atMost = amountText(most, { isPriced, currency });
  const [model = ""] = models;
  const cost = usual === null ? null : costOf({ ...usual, model, tier: null, cacheWriteTokens: 0 }, prices);
  const about =
    usual === null
      ? ""
      : `about ${amountText(
          { tokens: (usual.inputTokens + usual.outputTokens) * briefs, money: (cost ?? 0) * briefs },
          { isPriced: cost !== null, currency },
        )} by what briefs took so far, `;
  const what = briefs === 1 ? "1 brief has to be written" : `${briefs} briefs have to be written`;
  return `${what} by ${model}: ${about}${atMost} at the very most.`;
}

function amountText(
  { money, tokens }: { tokens: number; money: number },
  { isPriced, currency }: { isPriced: boolean; currency: string },
): string {
  const inTokens = `${tokens.toLocaleString("en")} tokens`;
  return isPriced ? `${inTokens} (${moneyText(money)} ${currency})` : inTokens;
}

function mostText({ money, tokens }: Most, currency: string): string {
  if (money !== null && tokens === null) return `${moneyText(money)} ${currency}`;
  return `${(tokens ?? 0).toLocaleString("en")} tokens`;
}

/** `0.50` is money, `200000 tokens` are tokens. Throws AppError `command/bad-options`. */
function readBudget(text: string, { isPriced, models, prices }: RehearsalTools): Most {
  const tokens = /^([\d,_]+)\s*tokens?$/i.exec(text)?.[1]?.replaceAll(/[,_]/g, "");
  if (tokens !== undefined) return { tokens: Number(tokens), money: null };
  const money = /^(\d+(?:\.\d+)?)(?:\s*[A-Z]{3})?$/i.exec(text)?.[1];
  if (money === undefined)
    throw new AppError("command/bad-options", {
      say: `"${text}" is no budget. Give an amount of money, such as 0.50, or of tokens, such as "200000 tokens".`,
    });
  if (isPriced) return { tokens: null, money: toMillionths(Number(money)) };
  throw new AppError("command/bad-options", {
    say: `What ${models.join(" or ")} costs is not known: give the budget in tokens, such as "200000 tokens", or set LEDE_PRICES (${prices.currency}).`,
  });
}

/** Shows on a terminal that it works, and how far it is. */
async function spinning<T>(first: string, work: (say: (text: string) => void) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const spinner = createSpinner(first, { stream: process.stderr }).start();
  try {
    return await work((text) => void spinner.update({ text }));
  } finally {
    spinner.stop().clear();
  }
}
