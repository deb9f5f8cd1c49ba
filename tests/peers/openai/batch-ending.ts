import type { Script } from "./answers.ts";
import type { CreateBatch, Endpoint, PeerLine } from "./batch-judge.ts";
import type { AskedFor } from "./shapes.ts";

/** What becomes of one line: an answer, no line at all, or one that can not be used. */
export type Fate = Script | "missing" | "expired" | "status-500" | "garbage";

export interface Ending {
  status: "completed" | "failed" | "expired" | "cancelled";
  /** By line, from 0; every line is answered with a draft if left out. */
  fate?: (index: number) => Fate;
  /** Why a whole batch failed. */
  code?: string;
}

export interface PeerFile {
  purpose: string;
  text: string;
}

export interface PeerBatch extends CreateBatch {
  id: string;
  status: string;
  createdAt: number;
  lines: PeerLine[];
  outputFileId: string | null;
  errorFileId: string | null;
  code: string | null;
}

/** What the live route would answer. */
export type AnswerLine = (path: Endpoint, asked: AskedFor, script: Script) => object;

export const ENDED: ReadonlySet<string> = new Set(["completed", "failed", "expired", "cancelled"]);

/** Ends a batch and makes its files. */
export function endBatch(
  batch: PeerBatch,
  { status, fate = () => "draft", code }: Ending,
  { answer, store }: { answer: AnswerLine; store: (file: PeerFile) => string },
): void {
  batch.status = status;
  batch.code = code ?? null;
  if (status === "failed") return;
  const output: string[] = [];
  const errors: string[] = [];
  for (const [index, line] of batch.lines.entries()) {
    const found = fate(index);
    if (found === "missing") continue;
    if (found === "garbage") output.push('{"id":"batch_req_1","custom_id":');
    else if (found === "expired") errors.push(outputLine(line, { error: "batch_expired" }));
    else if (found === "status-500") errors.push(outputLine(line, { status: 500, body: { error: {} } }));
    else output.push(outputLine(line, { status: 200, body: answer(line.url, line.asked, found) }));
  }
  // The API promises no order.
  if (output.length > 0) batch.outputFileId = store(outputFile(output.toReversed()));
  if (errors.length > 0) batch.errorFileId = store(outputFile(errors));
}

function outputFile(lines: readonly string[]): PeerFile {
  return { purpose: "batch_output", text: `${lines.join("\n")}\n` };
}

function outputLine(
  { customId }: PeerLine,
  { error, status, body }: { error?: string; status?: number; body?: object },
): string {
  return JSON.stringify({
    id: `batch_req_${customId}`,
    custom_id: customId,
    response: status === undefined ? null : { status_code: status, request_id: "req_peer", body },
    error: error === undefined ? null : { code: error, message: "This request was not executed." },
  });
}

/** A batch as the API shows it. */
export function wireBatch(batch: PeerBatch): object {
  const { code, createdAt, errorFileId, lines, outputFileId, ...shown } = batch;
  const errors =
    code === null ? null : { object: "list", data: [{ code, message: code, line: null, param: null }] };
  return {
    ...shown,
    object: "batch",
    errors,
    created_at: createdAt,
    expires_at: createdAt + 86_400,
    output_file_id: outputFileId,
    error_file_id: errorFileId,
    request_counts: { total: lines.length, completed: 0, failed: 0 },
  };
}
