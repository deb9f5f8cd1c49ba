import { type Context, Hono } from "hono";
import { z } from "zod";
import { AppError } from "#src/core/errors.ts";
import { isBearer } from "./guard.ts";

export const BACKUPS_PATH = "/operator/backups";
export const RETRIES_PATH = "/operator/retries";

/** What for an operator may have the store copied. */
export const AskedCopy = z.enum(["asked", "rehearsal"]);
export type AskedCopy = z.infer<typeof AskedCopy>;

/** Where a copy was made. */
export const BackupMade = z.object({ file: z.string() });

/** How much of what was given up is tried again. */
export const Retried = z.object({ posts: z.number(), articles: z.number() });
export type Retried = z.infer<typeof Retried>;

interface OperatorOptions {
  /** Proves that a request comes from who can read the data folder. */
  key: string;
  /** Copies the store. Returns where the copy is. */
  backup: (kind: AskedCopy) => Promise<string>;
  /** Owes again what was given up. */
  retry: () => Promise<Retried>;
}

/** What the commands of the operator ask of the Lede that runs. */
export function createOperatorRoutes({ backup, key, retry }: OperatorOptions): Hono {
  const app = new Hono();
  const asOperator = (context: Context): void => {
    if (!isBearer(context, key)) throw new AppError("page/signed-out");
  };
  app.post(BACKUPS_PATH, async (context) => {
    asOperator(context);
    const kind = AskedCopy.catch("asked").parse(context.req.query("kind"));
    return context.json(BackupMade.parse({ file: await backup(kind) }), 201);
  });
  app.post(RETRIES_PATH, async (context) => {
    asOperator(context);
    return context.json(Retried.parse(await retry()));
  });
  return app;
}
