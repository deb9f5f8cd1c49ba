import { Command, CommanderError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { BriefLength } from "#src/core/brief.ts";
import { backUp, restore } from "#src/cli-backup.ts";
import { briefOnce, BRIEF_FORMATS } from "#src/cli-brief.ts";
import { doctor } from "#src/cli-doctor.ts";
import { pageLink } from "#src/cli-page-link.ts";
import { rehearseOnce } from "#src/cli-rehearse.ts";
import { retry } from "#src/cli-retry.ts";
import { EXIT } from "#src/exit.ts";
import { start } from "#src/main.ts";

const EXIT_CODES = `
Exit codes:
  0  all went well
  1  something failed (the message says what to do)
  2  wrong usage or configuration
  3  the article could not be read (brief)
  4  not all was rehearsed: it needs --yes, its budget was used up or it was stopped (rehearse)`;

/** Runs one command line and gives its exit code. Never throws, never ends the process. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

function createProgram(exit: (code: number) => void): Command {
  const program = new Command("lede")
    .description(
      "A news briefer for Discord and Slack: short briefs whose every fact is shown in the article's own words.",
    )
    .version(packageJson.version)
    .exitOverride()
    .addHelpText(
      "after",
      `${EXIT_CODES}\n\nConfiguration is read from the environment and .env; .env.example explains each variable.`,
    );

  program
    .command("start", { isDefault: true })
    .description("run Lede: page, webhook, Discord and Slack, until Ctrl-C")
    .action(async () => exit(await start()));

  program
    .command("brief")
    .description("brief one article and print it")
    .argument("<source>", 'a link, a file (HTML or text), or "-" for standard input')
    .option("--json", "print the whole brief as JSON, with evidence offsets and what was dropped")
    .addOption(
      new Option("--as <platform>", "print the exact payload of a platform instead").choices(BRIEF_FORMATS),
    )
    .addOption(
      new Option("--writer <writer>", "who writes it; the model needs OPENAI_API_KEY").choices([
        "openai",
        "extractive",
      ]),
    )
    .addOption(
      new Option("--length <length>", "how much to say").choices(BriefLength.options).default("standard"),
    )
    .option("--language <code>", "language to write in, such as en or de; the article's own if left out")
    .addHelpText(
      "after",
      "\nExamples:\n  lede brief https://example.com/news/story\n  lede brief article.txt --length short\n  pbpaste | lede brief - --json",
    )
    .action(async (source: string, options: unknown) => exit(await briefOnce(source, options)));

  program
    .command("doctor")
    .description("check configuration, tokens, permissions, scopes, store and writer, and say what to do")
    .action(async () => exit(await doctor()));

  program
    .command("page-link")
    .description("print an address that signs a browser in to the page of the Lede that runs")
    .action(async () => exit(await pageLink()));

  program
    .command("backup")
    .description("copy the store, also while Lede runs, and print where the copy is")
    .action(async () => exit(await backUp()));

  program
    .command("retry")
    .description("try again what was given up, also while Lede does not run, and print how much that is")
    .action(async () => exit(await retry()));

  addRehearse(program, exit);
  addRestore(program, exit);
  for (const command of program.commands) command.exitOverride();
  return program;
}

function addRestore(program: Command, exit: (code: number) => void): void {
  program
    .command("restore")
    .description("put a copy in the place of the store, while no Lede runs; what was there is kept")
    .argument("<copy>", "a file that backup, or Lede by itself, has made")
    .action(async (copy: string) => exit(await restore(copy)));
}

function addRehearse(program: Command, exit: (code: number) => void): void {
  program
    .command("rehearse")
    .description("show what other settings would make of the last days' posts; posts nothing")
    .option("--days <days>", "how far back", "3")
    .option("--limit <articles>", "only the newest so many articles")
    .option("--model <model>", "OPENAI_MODEL for this rehearsal")
    .addOption(new Option("--verify <how>", "LEDE_VERIFY for this rehearsal").choices(["rules", "model"]))
    .option("--house-style <file>", "LEDE_HOUSE_STYLE for this rehearsal")
    .option("--budget <amount>", 'the most it may spend, such as 0.50 or "200000 tokens"')
    .option("--yes", "go on without asking how much it may cost")
    .option("--json", "print all of it as JSON")
    .addHelpText(
      "after",
      "\nEvery other setting is that of the environment: OPENAI_EFFORT=high lede rehearse --limit 20\nIt works beside a running Lede, on a copy of its store, and tells what it will cost before it asks a model.",
    )
    .action(async (options: unknown) => exit(await rehearseOnce(options)));
}
