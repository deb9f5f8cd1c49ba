import { z } from "zod";

const PathsList = z.object({
  get: z.array(z.string()),
  put: z.array(z.string()),
  post: z.array(z.string()),
  delete: z.array(z.string()),
  patch: z.array(z.string()),
});

/** Named at run time only: the package's own TypeScript sources do not pass this project's compiler flags. */
const PACKAGE: string = "discord-api-spec";
const { pathsList } = z.object({ pathsList: PathsList }).parse(await import(PACKAGE));

export type Method = "GET" | "PUT" | "POST" | "DELETE" | "PATCH";
export type MatchedRoute = { readonly template: string; readonly params: Record<string, string> };

const TEMPLATES: Record<Method, readonly string[]> = {
  GET: literalFirst(pathsList.get),
  PUT: literalFirst(pathsList.put),
  POST: literalFirst(pathsList.post),
  DELETE: literalFirst(pathsList.delete),
  PATCH: literalFirst(pathsList.patch),
};

export function isMethod(method: string): method is Method {
  return method in TEMPLATES;
}

/** The published route a request belongs to, or undefined when Discord has none like it. */
export function matchRoute(method: Method, path: string): MatchedRoute | undefined {
  const parts = path.split("/");
  for (const template of TEMPLATES[method]) {
    const params = paramsOf(template.split("/"), parts);
    if (params) return { template, params };
  }
  return undefined;
}

/** The rate limit bucket: a route together with its channel, guild or webhook (Discord reference, "Rate Limits"). */
export function bucketOf(method: Method, route: MatchedRoute): string {
  const major = route.params["channel_id"] ?? route.params["guild_id"] ?? route.params["webhook_token"] ?? "";
  return `${method} ${route.template} ${major}`;
}

function paramsOf(template: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (template.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const part = parts[index] ?? "";
    const isParameter = segment.startsWith("{");
    if (!isParameter && segment !== part) return undefined;
    if (isParameter && part === "") return undefined;
    if (isParameter) params[segment.slice(1, -1)] = part;
  }
  return params;
}

function literalFirst(templates: readonly string[]): readonly string[] {
  return [...templates].sort((a, b) => countParameters(a) - countParameters(b));
}

function countParameters(template: string): number {
  return template.split("{").length;
}
