import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { AppError } from "#src/core/errors.ts";
import { answerError, refuse } from "./server-errors.ts";
import { isLoopback, ownNamesOnly, sameOriginWrites } from "./server-guard.ts";

export interface WebServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Ports to try, counting up from `port`; more than 1 only where the operator did not choose the port. */
  portTries: number;
  log: Logger;
}

export interface WebServer {
  /** For the browser of somebody on this machine, without a slash at the end. */
  url: string;
  port: number;
  /** Lets requests in work end, for 2 s at most. */
  close: () => Promise<void>;
}

export interface WebApps {
  host: string;
  /** Where the operator says that Lede is reached; null for nowhere but here. */
  publicUrl: URL | null;
  log: Logger;
  /** Prove each request by its signature: reachable under any host name, by strangers. */
  signed: readonly Hono[];
  /** For strangers; what is not for everybody asks for itself. */
  open: readonly Hono[];
  /** The sample newsroom, for everybody, with its path; null when it does not run. */
  sample: { path: string; app: Hono } | null;
  /** Lets those through who are signed in. */
  guard: MiddlewareHandler;
  /** The page and its API, behind the guard. So is every path that nothing answers. */
  page: readonly Hono[];
}

const CLOSE_MS = 2_000;

const STRICT_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};
/** For pages that carry their style in themselves and run no script. */
const OPEN_POLICY = { ...STRICT_POLICY, scriptSrc: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"] };

/** All routes of Lede as one app, each behind the checks that fit it. */
export function composeRoutes(apps: WebApps): Hono {
  const { host, publicUrl, log, signed, open, sample, guard, page } = apps;
  const app = new Hono();
  // TLS is ended by a proxy, which alone knows whether HSTS is right for its name.
  app.use(
    secureHeaders({ contentSecurityPolicy: STRICT_POLICY, strictTransportSecurity: false, overwrite: false }),
  );
  for (const one of signed) app.route("/", one);
  if (isLoopback(host)) app.use(ownNamesOnly(publicUrl));
  for (const one of open) app.route("/", one);
  if (sample !== null) {
    app.use(
      `${sample.path}/*`,
      secureHeaders({ contentSecurityPolicy: OPEN_POLICY, strictTransportSecurity: false }),
    );
    app.route("/", sample.app);
  }
  app.use(sameOriginWrites(publicUrl));
  app.use(guard);
  for (const one of page) app.route("/", one);
  app.notFound((context) =>
    refuse(context, { status: 404, code: "http/not-found", message: "There is nothing at this address." }),
  );
  app.onError((error, context) => answerError(error, context, log));
  return app;
}

/** Listens. Throws AppError `port/in-use`, and `config/invalid` when the host or port can not be listened on. */
export async function createWebServer(options: WebServerOptions, routes: Hono): Promise<WebServer> {
  const { host, log } = options;
  const server = createAdaptorServer({ fetch: routes.fetch, hostname: host });
  const port = await listenOnFirstFree(server, options);
  server.on("error", (error) => log.error({ err: error }, "the web server failed"));
  return { url: urlOf(host, port), port, close: () => close(server) };
}

async function listenOnFirstFree(
  server: ServerType,
  { host, port, portTries, log }: WebServerOptions,
): Promise<number> {
  for (let tried = 0; tried < portTries; tried += 1) {
    const listened = await listen(server, { host, port: port + tried });
    if (listened !== null) return listened;
    log.debug({ port: port + tried }, "the port is in use");
  }
  const tried = portTries === 1 ? `Port ${port} is` : `Ports ${port} to ${port + portTries - 1} are`;
  throw new AppError("port/in-use", {
    say: `${tried} in use by another program. Set LEDE_PORT to a free one.`,
    details: { host, port, portTries },
  });
}

/** The port that is listened on; null when it is taken. */
async function listen(
  server: ServerType,
  { host, port }: { host: string; port: number },
): Promise<number | null> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    if (isSystemError(error) && error.code === "EADDRINUSE") return null;
    throw new AppError("config/invalid", {
      say: `Lede can not listen on ${host}:${port}. Check LEDE_HOST and LEDE_PORT.`,
      cause: error,
    });
  } finally {
    server.off("error", reject);
    server.off("listening", resolve);
  }
  const address = server.address() as AddressInfo;
  return address.port;
}

async function close(server: ServerType): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  if (!("closeAllConnections" in server)) return promise;
  server.closeIdleConnections();
  // An event stream never ends by itself.
  const force = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  await promise;
  clearTimeout(force);
}

function urlOf(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::" || isLoopback(host);
  if (everywhere) return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
