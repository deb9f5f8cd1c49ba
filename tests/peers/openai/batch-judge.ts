import { z } from "zod";
import { type AskedFor, readChatRequest, readResponsesRequest } from "./shapes.ts";

const ENDPOINTS = { "/v1/responses": readResponsesRequest, "/v1/chat/completions": readChatRequest } as const;
export type Endpoint = keyof typeof ENDPOINTS;
const Endpoint = z.enum(["/v1/responses", "/v1/chat/completions"]);

const MOST_LINES = 50_000;
const MOST_BYTES = 200_000_000;

const InputLine = z.strictObject({
  custom_id: z.string().min(1).max(64),
  method: z.literal("POST"),
  url: Endpoint,
  body: z.unknown(),
});

/** One request of a batch. */
export interface PeerLine {
  customId: string;
  url: Endpoint;
  asked: AskedFor;
}

interface Judged<T> {
  value: T;
  violations: string[];
}

/** An input file as the API takes it: one request a line, each as it would be sent live. */
export function judgeInput(text: string): Judged<PeerLine[]> {
  const violations: string[] = [];
  const lines: PeerLine[] = [];
  const rows = text.replace(/\n$/, "").split("\n");
  if (rows.length > MOST_LINES) violations.push(`file: ${rows.length} requests`);
  if (Buffer.byteLength(text) > MOST_BYTES) violations.push("file: too large");
  for (const [index, row] of rows.entries()) {
    const judged = judgeLine(row);
    violations.push(...judged.violations.map((violation) => `line ${index + 1} ${violation}`));
    if (judged.value !== null) lines.push(judged.value);
  }
  const ids = new Set(lines.map(({ customId }) => customId));
  if (ids.size < lines.length) violations.push("custom_id: not unique");
  if (new Set(lines.map(({ url }) => url)).size > 1) violations.push("url: more than one in a file");
  if (new Set(lines.map(({ asked }) => asked.model)).size > 1)
    violations.push("model: more than one in a file");
  return { value: lines, violations };
}

function judgeLine(row: string): Judged<PeerLine | null> {
  let json: unknown = null;
  try {
    json = JSON.parse(row);
  } catch {
    return { value: null, violations: ["is no JSON"] };
  }
  const parsed = InputLine.safeParse(json);
  if (!parsed.success) return { value: null, violations: toLines(parsed.error) };
  const { body, custom_id: customId, url } = parsed.data;
  const { asked, violations } = ENDPOINTS[url](body);
  const streams = asked?.stream === true ? ["body.stream: a batch does not stream"] : [];
  // A batch has a tier of its own.
  const tiers = asked !== null && asked.tier !== null ? ["body.service_tier: not in a batch"] : [];
  const found = [...violations, ...streams, ...tiers];
  return { value: asked === null ? null : { customId, url, asked }, violations: found };
}

const CreateBatch = z.strictObject({
  input_file_id: z.string().min(1),
  endpoint: Endpoint,
  completion_window: z.literal("24h"),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((metadata) => Object.keys(metadata).length <= 16, "more than 16 keys")
    .optional(),
});
export type CreateBatch = z.infer<typeof CreateBatch>;

export function judgeCreate(body: unknown): Judged<CreateBatch | null> {
  const parsed = CreateBatch.safeParse(body);
  return { value: parsed.data ?? null, violations: parsed.success ? [] : toLines(parsed.error) };
}

function toLines(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}
