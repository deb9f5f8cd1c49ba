import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** In seconds: from what should take a moment, such as the three that platforms wait for an acknowledgement, to what may take minutes. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 900, 3_600];

export type Figures = ReturnType<typeof createFigures>;

/** Everything that is counted, each as it happens. */
export function createFigures({ version }: { version: string }) {
  const registry = openRegistry(version);
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const seconds = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  return {
    registry,
    entries: counter("lede_entries_total", "Entries by how work on them ended.", ["result"]),
    entrySeconds: seconds(
      "lede_entry_seconds",
      "From when an entry is taken up until its posts are owed.",
      [],
    ),
    polls: counter("lede_polls_total", "Polls of feeds by result.", ["result"]),
    dropped: counter(
      "lede_claims_dropped_total",
      "What a brief was not allowed to say, by reason and rule.",
      ["reason", "rule"],
    ),
    deliveries: counter("lede_deliveries_total", "Attempts to post or edit by the state they ended in.", [
      "platform",
      "state",
    ]),
    postSeconds: seconds("lede_post_seconds", "From when a post is owed until it stands in its channel.", [
      "platform",
    ]),
    ackSeconds: seconds(
      "lede_ack_seconds",
      "From when a command arrives until it is stored and may be acknowledged.",
      ["platform"],
    ),
    requests: counter("lede_platform_requests_total", "Requests to platforms by outcome.", [
      "platform",
      "call",
      "outcome",
    ]),
    requestSeconds: seconds("lede_platform_request_seconds", "What requests to platforms take.", [
      "platform",
      "call",
    ]),
    modelCalls: counter("lede_model_calls_total", "Drafts asked of models by outcome.", ["model", "outcome"]),
    modelSeconds: seconds("lede_model_seconds", "What drafts of models take.", ["model"]),
    tokens: counter("lede_model_tokens_total", "Tokens that were paid for.", []),
    cost: counter("lede_model_cost_total", "What models cost, in the price list's currency.", []),
    connected: gauge("lede_connected", "1 while the platform reaches Lede.", ["platform"]),
    breaker: gauge("lede_breaker_open", "1 while a platform or model is left alone.", ["kind", "name"]),
    waiting: gauge("lede_waiting", "Rows that could be worked on now.", ["queue"]),
    waitingSeconds: gauge("lede_waiting_seconds", "How long the first of them has waited.", ["queue"]),
    dead: gauge("lede_dead", "Messages that were given up and are still so.", ["platform"]),
    feeds: gauge("lede_feeds", "Feeds by health.", ["health"]),
    storeTrouble: gauge("lede_store_trouble", "1 while the store takes nothing.", []),
  };
}

/** With what runs, and how the process does. */
function openRegistry(version: string): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const name = "lede_build_info";
  const help = "Always 1; the labels say what runs.";
  const info = new Gauge({ name, help, labelNames: ["version", "node"], registers: [registry] });
  info.set({ version, node: process.versions.node }, 1);
  return registry;
}
