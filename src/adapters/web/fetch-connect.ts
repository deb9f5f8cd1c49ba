import { isIP, type LookupFunction } from "node:net";
import { callbackify } from "node:util";
import { buildConnector } from "undici";
import { AppError } from "#src/core/errors.ts";
import { isPublicAddress } from "./address.ts";

export interface ConnectGuard {
  /** Addresses of a host name. */
  resolve: (hostname: string) => Promise<readonly string[]>;
  timeoutMs: number;
}

interface DialledAddress {
  address: string;
  family: 4 | 6;
}

/**
 * Checks at connect time. A literal never reaches the resolver, so it is checked here; a name is resolved once and
 * only the public ones of those very answers are handed to the socket, so a name that changes its mind gains nothing.
 * Refuses with `fetch/not-public`.
 */
export function guardedConnector(guard: ConnectGuard): buildConnector.connector {
  const guarded = connector(guard, isPublicAddress);
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) callback(notPublic(literal), null);
    else guarded(options, callback);
  };
}

/** Dials whatever it is told to: only for what the operator allowed by its whole address. */
export function openConnector(guard: ConnectGuard): buildConnector.connector {
  return connector(guard, () => true);
}

function connector(
  { resolve, timeoutMs }: ConnectGuard,
  mayDial: (address: string) => boolean,
): buildConnector.connector {
  const lookup = checkedLookup(resolve, mayDial);
  return buildConnector({ timeout: timeoutMs, allowH2: false, autoSelectFamily: true, lookup });
}

/** The port a URL means, its scheme's own when it names none. */
export function portOf(protocol: string, port: string): string {
  if (port !== "") return port;
  return protocol === "https:" ? "443" : "80";
}

/** A socket's lookup that asks once and hands on only those of the very answers that may be dialled. */
export function checkedLookup(
  resolve: ConnectGuard["resolve"],
  mayDial: (address: string) => boolean,
): LookupFunction {
  const answer = callbackify(async (hostname: string): Promise<DialledAddress[]> => {
    const addresses = await resolve(hostname);
    const dialled = addresses.filter((address) => isIP(address) !== 0 && mayDial(address)).map(toDialled);
    if (dialled.length === 0) throw notPublic(hostname);
    return dialled;
  });
  return (hostname, options, callback) => {
    answer(hostname, (error, dialled) => {
      if (error) callback(error, "", 0);
      else if (options.all === true) callback(null, dialled);
      else callback(null, dialled[0]?.address ?? "", dialled[0]?.family ?? 0);
    });
  };
}

function toDialled(address: string): DialledAddress {
  return { address, family: isIP(address) === 6 ? 6 : 4 };
}

function notPublic(host: string): AppError {
  return new AppError("fetch/not-public", { details: { reason: "address", host } });
}
