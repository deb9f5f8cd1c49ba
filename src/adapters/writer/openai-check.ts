import OpenAI, { APIConnectionError, APIError } from "openai";
import { z } from "zod";
import type { Finding } from "#src/ports.ts";
import { isAzure } from "./openai-call.ts";

interface ModelServer {
  apiKey: string | null;
  model: string;
  fallbackModel: string | null;
  baseUrl: string | null;
}

const CHECK_TIMEOUT_MS = 10_000;
/** Names shown when the configured one is not among a server's models. */
const NAMES_SHOWN = 8;
/** How long ahead of its end a model is told of. */
const NOTICE_MS = 90 * 86_400_000;
const SECOND_MS = 1000;

/** A model as servers list it. The date is seconds in some answers and ISO 8601 in others; few servers tell one. */
const ListedModel = z.object({
  id: z.string(),
  shutdown_date: z
    .union([z.number().transform((seconds) => new Date(seconds * SECOND_MS)), z.coerce.date()])
    .nullish()
    .catch(null),
});
type ListedModel = z.infer<typeof ListedModel>;

/** A model that is asked, by the variable that names it. */
interface Named {
  variable: "OPENAI_MODEL" | "OPENAI_FALLBACK_MODEL";
  model: string;
}

/** Whether the server answers, takes the key and has the models, and until when. Costs nothing: it only lists models. */
export async function checkModels(server: ModelServer, now: Date): Promise<Finding[]> {
  const { baseUrl, fallbackModel, model } = server;
  const named: Named[] = [
    { variable: "OPENAI_MODEL", model },
    ...(fallbackModel === null ? [] : [{ variable: "OPENAI_FALLBACK_MODEL", model: fallbackModel } as const]),
  ];
  const client = clientOf(server);
  try {
    const { data } = await client.models.list();
    const listed = data.flatMap((raw) => ListedModel.safeParse(raw).data ?? []);
    return await Promise.all(
      named.map(async (one) => {
        const found = listed.find(({ id }) => id === one.model) ?? (await retrieve(client, one.model));
        return found === null ? missing(one, { baseUrl, listed }) : lasting(one, found, now);
      }),
    );
  } catch (error) {
    return [failedWith(error, baseUrl)];
  }
}

/** Some servers know a model under more names than they list. */
async function retrieve(client: OpenAI, model: string): Promise<ListedModel | null> {
  try {
    return ListedModel.safeParse(await client.models.retrieve(model)).data ?? null;
  } catch (error) {
    if (error instanceof APIError && error.status !== undefined) return null;
    throw error;
  }
}

function lasting({ model, variable }: Named, { shutdown_date: end = null }: ListedModel, now: Date): Finding {
  const about = "writer";
  if (end === null || end.getTime() - now.getTime() > NOTICE_MS)
    return { level: "ok", about, text: `the model ${model} is there`, advice: null };
  const day = end.toISOString().slice(0, 10);
  const advice = `Set ${variable} to a model that stays; what is posted stays as it is.`;
  return end <= now
    ? { level: "error", about, text: `the model ${model} was shut down on ${day}`, advice }
    : { level: "warning", about, text: `the model ${model} is shut down on ${day}`, advice };
}

function missing(
  { model, variable }: Named,
  { baseUrl, listed }: { baseUrl: string | null; listed: readonly ListedModel[] },
): Finding {
  const about = "writer";
  // Azure lists what can be deployed, and calls the deployments as it was told.
  if (baseUrl !== null && isAzure(new URL(baseUrl).hostname)) {
    const text = `Azure does not list deployments, so ${model} could not be checked`;
    return { level: "warning", about, text, advice: TRY_IT };
  }
  const some = listed
    .slice(0, NAMES_SHOWN)
    .map(({ id }) => id)
    .join(", ");
  const advice = `Set ${variable} to one of the server's models${some === "" ? "" : `, such as ${some}`}.`;
  return { level: "error", about, text: `the server has no model named ${model}`, advice };
}

const TRY_IT = "Try it: npx lede brief <link> --writer openai";

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
  return { level: "warning", about, text, advice: TRY_IT };
}
