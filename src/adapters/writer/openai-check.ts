import OpenAI, { APIConnectionError, APIError } from "openai";
import type { Finding } from "#src/ports.ts";

interface ModelServer {
  apiKey: string | null;
  model: string;
  baseUrl: string | null;
}

const CHECK_TIMEOUT_MS = 10_000;
/** Names shown when the configured one is not among a server's models. */
const NAMES_SHOWN = 8;

/** Whether the server answers, takes the key and has the model. Costs nothing: it only lists models. */
export async function checkOpenAi({ apiKey, model, baseUrl }: ModelServer): Promise<Finding> {
  try {
    const { data } = await clientOf({ apiKey, baseUrl }).models.list();
    return foundIn(
      data.map(({ id }) => id),
      model,
    );
  } catch (error) {
    return failedWith(error, baseUrl);
  }
}

/** Whether the server has batches. Costs nothing: it only lists them. */
export async function checkBatches(server: Pick<ModelServer, "apiKey" | "baseUrl">): Promise<Finding> {
  const about = "batches";
  try {
    await clientOf(server).batches.list({ limit: 1 });
    return { level: "ok", about, text: "older stories are written in batches, within a day", advice: null };
  } catch (error) {
    const status = error instanceof APIError ? (error.status ?? null) : null;
    const text = `the model's server does not list its batches (${status ?? "no status"}): older stories are written at once`;
    return { level: "warning", about, text, advice: "If it has none, take OPENAI_BATCH away." };
  }
}

function clientOf({ apiKey, baseUrl }: Pick<ModelServer, "apiKey" | "baseUrl">): OpenAI {
  // The client refuses to start without a key, also for servers that need none.
  return new OpenAI({
    apiKey: apiKey ?? "none",
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: CHECK_TIMEOUT_MS,
  });
}

function foundIn(names: readonly string[], model: string): Finding {
  if (names.includes(model))
    return { level: "ok", about: "writer", text: `the model ${model} is there`, advice: null };
  const some = names.slice(0, NAMES_SHOWN).join(", ");
  const advice = `Set OPENAI_MODEL to one of the server's models${some === "" ? "" : `, such as ${some}`}.`;
  return {
    level: "warning",
    about: "writer",
    text: `the server does not list a model named ${model}`,
    advice,
  };
}

function failedWith(error: unknown, baseUrl: string | null): Finding {
  const about = "writer";
  if (error instanceof APIConnectionError) {
    const advice =
      baseUrl === null
        ? "Check that this machine reaches the internet."
        : "Check OPENAI_BASE_URL and that the server runs.";
    return { level: "error", about, text: "the model's server does not answer", advice };
  }
  const status = error instanceof APIError ? error.status : undefined;
  if (status === 401 || status === 403) {
    const advice = "Make a new key at the model's provider and set OPENAI_API_KEY.";
    return { level: "error", about, text: "the model's server refused the key", advice };
  }
  const text = `the model's server does not list its models (${status ?? "no status"}), so the model could not be checked`;
  return { level: "warning", about, text, advice: "Try it: npx lede brief <link> --writer openai" };
}
