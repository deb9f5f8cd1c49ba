import { judgeCreate, judgeInput } from "./batch-judge.ts";
import {
  type AnswerLine,
  endBatch,
  type Ending,
  ENDED,
  type PeerBatch,
  type PeerFile,
  wireBatch,
} from "./batch-ending.ts";

type Route = "upload" | "create" | "list" | "retrieve" | "cancel" | "content" | "delete";

interface BatchFault {
  status: number;
  retryAfter?: number;
  code?: string;
  /** Does what was asked, and then closes the connection in place of an answer. */
  lost?: boolean;
  times?: number;
}

interface Asked {
  method: string;
  path: string;
  searchParams: URLSearchParams;
  type: string;
  bytes: Buffer<ArrayBuffer>;
}

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The part of the peer that takes files and batches. */
export interface BatchRoom {
  serve: (asked: Asked) => Promise<Answered | "cut">;
  control: {
    /** Batches that were made, oldest first. */
    made: PeerBatch[];
    /** By id; what was deleted is gone. */
    files: Map<string, PeerFile>;
    /** Names of the requests that came, in order. */
    asked: Route[];
    fail: (route: Route, fault: BatchFault) => void;
    /** Ends every batch that has not ended. */
    end: (ending: Ending) => void;
  };
}

interface Parts {
  violate: (violation: string) => void;
  answer: AnswerLine;
}

export function isBatchPath(path: string): boolean {
  return /^\/v1\/(?:files|batches)(?:\/|$)/.test(path);
}

export function createBatchRoom({ violate, answer }: Parts): BatchRoom {
  const files = new Map<string, PeerFile>();
  const made: PeerBatch[] = [];
  const asked: Route[] = [];
  const faults = new Map<Route, BatchFault[]>();
  let count = 0;
  const store = (file: PeerFile): string => {
    const id = `file-peer${(count += 1)}`;
    files.set(id, file);
    return id;
  };
  const actions: Record<Route, (request: Asked) => Promise<Answered> | Answered> = {
    upload: (request) => upload(request, { violate, store }),
    create: ({ bytes }) => create(bytes, { files, made, violate }),
    list: ({ searchParams }) => list(made, searchParams, violate),
    retrieve: ({ path }) => withBatch(made, path, (batch) => json(200, wireBatch(batch))),
    cancel: ({ path }) =>
      withBatch(made, path, (batch) => {
        if (ENDED.has(batch.status)) return failed(409, "batch_ended");
        batch.status = "cancelling";
        return json(200, wireBatch(batch));
      }),
    content: ({ path }) => {
      const file = files.get(path.split("/")[3] ?? "");
      if (file === undefined) return failed(404, "file_not_found");
      return { status: 200, headers: { "content-type": "application/octet-stream" }, body: file.text };
    },
    delete: ({ path }) => {
      const id = path.split("/")[3] ?? "";
      if (!files.delete(id)) return failed(404, "file_not_found");
      return json(200, { id, object: "file", deleted: true });
    },
  };
  return {
    serve: async (request) => {
      const route = routeOf(request);
      if (route === null) {
        violate(`${request.method} ${request.path}: no such route`);
        return failed(404, "no_route");
      }
      asked.push(route);
      const fault = faults.get(route)?.shift();
      if (fault !== undefined && fault.lost !== true)
        return failed(fault.status, fault.code ?? "peer", fault);
      const answered = await actions[route](request);
      return fault === undefined ? answered : "cut";
    },
    control: {
      made,
      files,
      asked,
      fail: (route, { times = 1, ...fault }) => {
        const queue = faults.get(route) ?? [];
        for (let index = 0; index < times; index += 1) queue.push(fault);
        faults.set(route, queue);
      },
      end: (ending) => {
        for (const batch of made) if (!ENDED.has(batch.status)) endBatch(batch, ending, { answer, store });
      },
    },
  };
}

const ROUTES: readonly [Route, string, RegExp][] = [
  ["upload", "POST", /^\/v1\/files$/],
  ["content", "GET", /^\/v1\/files\/[^/]+\/content$/],
  ["delete", "DELETE", /^\/v1\/files\/[^/]+$/],
  ["create", "POST", /^\/v1\/batches$/],
  ["list", "GET", /^\/v1\/batches$/],
  ["retrieve", "GET", /^\/v1\/batches\/[^/]+$/],
  ["cancel", "POST", /^\/v1\/batches\/[^/]+\/cancel$/],
];

function routeOf({ method, path }: Asked): Route | null {
  return ROUTES.find(([, verb, form]) => verb === method && form.test(path))?.[0] ?? null;
}

async function upload(
  { bytes, type }: Asked,
  { violate, store }: { violate: Parts["violate"]; store: (file: PeerFile) => string },
): Promise<Answered> {
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form?.get("file");
  const purpose = form?.get("purpose");
  if (!(file instanceof File) || typeof purpose !== "string") {
    violate("/v1/files: no multipart form with file and purpose");
    return failed(400, "bad_form");
  }
  const fields = [...(form?.keys() ?? [])].filter((name) => name !== "file" && name !== "purpose");
  if (fields.length > 0) violate(`/v1/files: ${fields.join()} is not known`);
  if (purpose !== "batch") violate(`/v1/files: purpose ${purpose}`);
  if (!file.name.endsWith(".jsonl")) violate(`/v1/files: ${file.name} is no .jsonl`);
  const text = await file.text();
  for (const violation of judgeInput(text).violations) violate(`/v1/files ${violation}`);
  const id = store({ purpose, text });
  return json(200, {
    id,
    object: "file",
    bytes: file.size,
    filename: file.name,
    purpose,
    status: "processed",
  });
}

function create(
  bytes: Buffer,
  { files, made, violate }: { files: Map<string, PeerFile>; made: PeerBatch[]; violate: Parts["violate"] },
): Answered {
  const { value, violations } = judgeCreate(JSON.parse(bytes.toString("utf8")));
  for (const violation of violations) violate(`/v1/batches ${violation}`);
  if (value === null) return failed(400, "invalid_request");
  const file = files.get(value.input_file_id);
  if (file?.purpose !== "batch") return failed(400, "invalid_file");
  const lines = judgeInput(file.text).value;
  if (lines.some(({ url }) => url !== value.endpoint)) violate("/v1/batches endpoint: not that of the lines");
  const batch: PeerBatch = {
    ...value,
    id: `batch_peer${made.length + 1}`,
    status: "validating",
    createdAt: Math.floor(Date.now() / 1000),
    lines,
    outputFileId: null,
    errorFileId: null,
    code: null,
  };
  made.push(batch);
  return json(200, wireBatch(batch));
}

function list(made: readonly PeerBatch[], query: URLSearchParams, violate: Parts["violate"]): Answered {
  const limit = Number(query.get("limit") ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) violate(`/v1/batches limit: ${limit}`);
  const newest = made.toReversed();
  const after = query.get("after");
  const from = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  const page = newest.slice(from, from + limit);
  return json(200, {
    object: "list",
    data: page.map(wireBatch),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: from + limit < newest.length,
  });
}

function withBatch(made: readonly PeerBatch[], path: string, use: (batch: PeerBatch) => Answered): Answered {
  const batch = made.find(({ id }) => id === path.split("/")[3]);
  return batch === undefined ? failed(404, "batch_not_found") : use(batch);
}

function json(status: number, body: object): Answered {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function failed(status: number, code: string, { retryAfter }: Partial<BatchFault> = {}): Answered {
  const answer = json(status, {
    error: { message: "The peer says no.", type: "peer_error", param: null, code },
  });
  if (retryAfter !== undefined) answer.headers["retry-after"] = String(retryAfter);
  return answer;
}
