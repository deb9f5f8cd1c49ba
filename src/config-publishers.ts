import { readFileSync } from "node:fs";
import { z } from "zod";
import {
  ANY_PUBLISHER,
  isWithin,
  type Publisher,
  publisherSource,
  type Publishers,
} from "#src/core/publisher.ts";
import { FORMS, toWorkspace } from "./config-operator.ts";

/** Ways to send articles: each has secrets of its own, so that what one can prove opens nothing else. */
export const WEBHOOKS = ["articles", "ghost", "wordpress"] as const;
export type WebhookName = (typeof WEBHOOKS)[number];

const SHORTEST_SECRET = 16;
const MOST_SECRETS = 2;

const Secret = z.string().min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`);
/** Two are valid at once, so that both sides can go over to a new one without losing a message. */
const Secrets = z
  .array(Secret, 'must be one secret, or two as JSON: ["new","old"]')
  .min(1)
  .max(MOST_SECRETS, "are one, or two while you change it");

/** A secret, or two as JSON: a secret of words may hold any sign. */
export const SecretVariable = z
  .string()
  .trim()
  .min(1)
  .transform((text) => (text.startsWith("[") ? parseJson(text) : [text]))
  .pipe(Secrets)
  .optional();

const Site = z
  .string()
  .transform((text) => toHost(text))
  .refine((host) => host !== null, "must be a host such as news.example, without https:// and path");

const PublisherEntry = z.strictObject({
  sends: z.enum(WEBHOOKS, { error: `must be ${WEBHOOKS.join(", ")}` }).default("articles"),
  secrets: Secrets,
  sites: z.array(Site).default([]),
  workspaces: z
    .array(z.string().transform((text) => toWorkspace(text)))
    .min(1, "must name one; leave it out for all")
    .refine((all) => !all.includes(null), FORMS)
    .optional(),
});
const PublisherList = z.record(z.string().regex(/^[a-z\d-]{1,40}$/), PublisherEntry);

export interface WebhookConfig {
  /** Of the simple variables; none for a way that is off. */
  webhookSecrets: Readonly<Record<WebhookName, readonly string[]>>;
  /** Those that have secrets of their own. */
  publishers: readonly PublisherConfig[];
}

export interface PublisherConfig extends Publisher {
  /** Of their articles. */
  source: string;
  name: string;
  sends: WebhookName;
  secrets: readonly string[];
}

/** What LEDE_PUBLISHERS says: JSON as it stands, or the path of a file that holds it. */
export function readPublishers(value: string | undefined): {
  publishers: PublisherConfig[];
  problems: string[];
} {
  if (value === undefined) return { publishers: [], problems: [] };
  const parsed = PublisherList.safeParse(readJson(value));
  if (parsed.success) return { publishers: Object.entries(parsed.data).map(toPublisher), problems: [] };
  // By where it stands and never by value: secrets are beside it.
  const problems = parsed.error.issues.map(({ message, path }) => `${path.join(".")} ${message}`.trim());
  return { publishers: [], problems: [`LEDE_PUBLISHERS is wrong: ${problems.join("; ")}. ${LOOKS_LIKE}`] };
}

const LOOKS_LIKE =
  'It is JSON, or the path of a file with JSON, such as {"city-post":{"secrets":["whsec_…"],"sites":["citypost.example"],"workspaces":["slack:T0123"]}}';

/** What two publishers can not both have, and workspaces that may not use Lede. */
export function publisherProblems(
  publishers: readonly PublisherConfig[],
  { simple, isOut }: { simple: readonly string[]; isOut: (workspace: string) => boolean },
): string[] {
  return publishers.flatMap(({ name, secrets, sites, workspaces }, at) => {
    const others = publishers.slice(0, at);
    const taken = new Set([...simple, ...others.flatMap((one) => one.secrets)].map(bare));
    const shared = others.find((one) => one.sites.some((site) => sites.some((own) => overlap(site, own))));
    const out = [...(workspaces ?? [])].filter(isOut);
    return [
      secrets.some((secret) => taken.has(bare(secret)))
        ? `${name} has a secret that is in use elsewhere`
        : null,
      shared === undefined
        ? null
        : `${name} and ${shared.name} have the same site: only one can speak for it`,
      out.length === 0 ? null : `${name} names ${out.join(", ")}, which LEDE_WORKSPACES does not`,
    ].flatMap((problem) => (problem === null ? [] : [`LEDE_PUBLISHERS: ${problem}`]));
  });
}

/** Whom articles are for and who speaks for which sites, by source. */
export function publishersOf(publishers: readonly PublisherConfig[]): Publishers {
  return new Map(publishers.map(({ source, sites, workspaces }) => [source, { sites, workspaces }]));
}

/** Who may send in one way, with what proves them; the simple variable's sender is everybody's. */
export function sendersOf(
  { publishers, webhookSecrets }: WebhookConfig,
  name: WebhookName,
): { source: string; secrets: readonly string[] }[] {
  const simple = { source: ANY_PUBLISHER, secrets: webhookSecrets[name] };
  const named = publishers.filter(({ sends }) => sends === name);
  return [simple, ...named].filter(({ secrets }) => secrets.length > 0);
}

type PublisherEntry = z.output<typeof PublisherEntry>;

function toPublisher([name, entry]: [string, PublisherEntry]): PublisherConfig {
  const { secrets, sends, sites, workspaces } = entry;
  return {
    name,
    source: publisherSource(name),
    sends,
    secrets,
    sites: sites.flatMap((site) => site ?? []),
    workspaces: workspaces === undefined ? null : new Set(workspaces.flatMap((one) => one ?? [])),
  };
}

/** The same key is also written without its prefix. */
function bare(secret: string): string {
  return secret.replace(/^whsec_/, "");
}

function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** A host as addresses have it; `www` stands for its whole site. */
function toHost(text: string): string | null {
  const host = /^[^\s:/?#@\\]+$/.test(text) ? (URL.parse(`http://${text}`)?.hostname ?? "") : "";
  return /^[a-z\d](?:.*[a-z\d])?$/.test(host) ? host.replace(/^www\./, "") : null;
}

function readJson(value: string): unknown {
  if (value.startsWith("{")) return parseJson(value);
  try {
    return parseJson(readFileSync(value, "utf8"));
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
