import { AppError } from "#src/core/errors.ts";
import { writerError } from "./openai-failure.ts";
import type { Session } from "./openai-model.ts";
import { askAgain, type Prompts, type Question } from "./openai-prompt.ts";
import type { Reading } from "./answer-json.ts";

export interface Asking<T> {
  prompts: Prompts;
  session: Session;
  question: Question<T>;
  /** The model's name, for the log. */
  model: string;
  /** Null asks for the answer in one piece. */
  hear: ((text: string) => void) | null;
}

/**
 * Asks, and once more with what was wrong. A thin first answer was paid for and is kept if nothing better comes.
 * Throws AppError `writer/*`.
 */
export async function askTwice<T>(asking: Asking<T>): Promise<T> {
  const { session, question, hear } = asking;
  const text = await session.ask({ ...question, hear });
  const first = question.read(text);
  return first.kind === "good" ? first.value : askOnceMore(asking, { text, first });
}

interface FirstTry<T> {
  text: string;
  first: Exclude<Reading<T>, { kind: "good" }>;
}

async function askOnceMore<T>(
  { prompts, session, question, model, hear }: Asking<T>,
  { text, first }: FirstTry<T>,
): Promise<T> {
  if (first.kind === "bad") session.distrust();
  const messages = askAgain(prompts, question.messages, { text, issues: first.issues });
  try {
    const second = question.read(await session.ask({ ...question, messages, hear }));
    if (second.kind !== "bad") return second.value;
    throw writerError("invalid", { issues: second.issues, model, usage: session.usage() });
  } catch (error) {
    if (first.kind === "thin" && error instanceof AppError) return first.value;
    throw error;
  }
}
