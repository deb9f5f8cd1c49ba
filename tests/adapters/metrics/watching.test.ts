import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createFigures } from "#src/adapters/metrics/figures.ts";

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) }),
      ),
    }),
  ),
});
const Dashboard = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })),
    }),
  ),
});

/** Each question that the alert rules and the dashboard ask, with the labels that their words name. */
const QUESTIONS = [
  ...Rules.parse(parse(readFileSync("docs/alerts.yaml", "utf8"))).groups.flatMap(({ rules }) =>
    rules.map(({ alert, annotations, expr }) => ({
      name: alert,
      expr,
      worded: [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label),
    })),
  ),
  ...Dashboard.parse(JSON.parse(readFileSync("docs/grafana/dashboard.json", "utf8"))).panels.flatMap(
    ({ targets, title }) =>
      targets.map(({ expr, legendFormat }) => ({
        name: title,
        // Grafana puts a time in its place.
        expr: expr.replaceAll("$__rate_interval", "5m"),
        worded: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label),
      })),
  ),
];

/** What a question names; throws where it is no PromQL. */
function namesIn(expr: string): { metrics: string[]; labels: string[] } {
  const found: { metrics: string[]; labels: string[] } = { metrics: [], labels: [] };
  parser.parse(expr).iterate({
    enter: ({ from, name, to, type }) => {
      if (type.isError) throw new Error(`Not PromQL at ${from}: ${expr}`);
      if (name === "Identifier") found.metrics.push(expr.slice(from, to));
      if (name === "LabelName") found.labels.push(expr.slice(from, to));
    },
  });
  return found;
}

/** The labels that Prometheus knows a metric by; null for one that there is not. */
function labelsOf(metric: string): Set<string> | null {
  const { registry } = createFigures({ version: "test" });
  const bare = metric.replace(/_(bucket|sum|count)$/, "");
  const found = registry.getSingleMetric(metric) ?? registry.getSingleMetric(bare);
  if (found === undefined) return null;
  const { labelNames = [] } = found as { labelNames?: readonly string[] };
  return new Set([...labelNames, ...(metric.endsWith("_bucket") ? ["le"] : [])]);
}

test.each(QUESTIONS)("$name asks for what is exposed: $expr", ({ expr, worded }) => {
  const { labels, metrics } = namesIn(expr);
  expect(metrics.length).toBeGreaterThan(0);
  for (const metric of metrics) {
    const known = labelsOf(metric);
    expect([metric, known]).not.toEqual([metric, null]);
    expect([...labels, ...worded].filter((label) => known?.has(label) !== true)).toEqual([]);
  }
});

test("a question that is no PromQL, or asks for what there is not, is found", () => {
  expect(() => namesIn("sum by (platform (rate(lede_dead[5m])))")).toThrow("Not PromQL");
  expect(namesIn('rate(lede_dead{platform="slack"}[5m])')).toEqual({
    metrics: ["lede_dead"],
    labels: ["platform"],
  });
  expect(labelsOf("lede_nothing_total")).toBeNull();
});

test("each metric of Lede is on the dashboard", () => {
  const { registry } = createFigures({ version: "test" });
  const asked = QUESTIONS.map(({ expr }) => expr).join(" ");
  const names = registry.getMetricsAsArray().map(({ name }) => name);
  expect(names.filter((name) => name.startsWith("lede_") && !asked.includes(name))).toEqual([]);
});
