import type { Entry } from "#src/core/article.ts";
import { sentEntry } from "./desk.ts";
import type { Newsroom } from "./newsroom.ts";
import type { Outlet, Published } from "./outlets.ts";
import { type Coverage, type NewsEvent, type Plan, STEP_MS } from "./week-plan.ts";
import { type Copy, copyOf, marketCopy, trivially } from "./week-words.ts";

/** What people in the newsrooms do in a step. */
export type Act = (stage: Stage) => Promise<void>;

export interface Stage {
  newsroom: Newsroom;
  /** When the first step began, in milliseconds. */
  start: number;
}

interface Told {
  event: NewsEvent;
  covered: Coverage;
}

/** Everything the plan has people do, by step. */
export function actsOf({ events }: Plan): Map<number, Act[]> {
  const acts = new Map<number, Act[]>();
  const add = (step: number, act: Act): void => void acts.set(step, [...(acts.get(step) ?? []), act]);
  for (const event of events) {
    for (const covered of event.coverage) {
      const told = { event, covered };
      add(covered.step, (stage) => publish(stage, told));
      for (const [index, { step, how }] of covered.corrections.entries())
        add(step, (stage) => correct(stage, { ...told, how, claim: index + 1 }));
      const { extra, seen, withdrawn } = covered;
      if (extra === "resent") add(seen + 3, (stage) => resend(stage, told));
      if (extra === "trivial") add(seen + 3, (stage) => edit(stage, told));
      if (withdrawn !== null) add(withdrawn.step, (stage) => takeBack(stage, told));
    }
  }
  return acts;
}

async function publish(stage: Stage, told: Told): Promise<void> {
  const { covered } = told;
  if (covered.outlet === null) return send(stage, told, sentParts(stage, told, 0));
  outletOf(stage, covered).publish(published(stage, told, copy(told, 0)));
  if (covered.extra === "sent-first") await resend(stage, told);
}

async function correct(
  stage: Stage,
  told: Told & { how: Coverage["corrections"][number]["how"]; claim: number },
): Promise<void> {
  const { claim, covered, how } = told;
  if (how === "webhook") return send(stage, told, sentParts(stage, told, claim));
  const article = published(stage, told, copy(told, claim));
  if (how === "page") outletOf(stage, covered).correctQuietly(article);
  else outletOf(stage, covered).publish({ ...article, updated: stage.newsroom.clock() });
}

/** The page's own HTML, as a publishing system sends it along. */
async function resend(stage: Stage, told: Told): Promise<void> {
  const page = await fetch(addressOf(stage, told));
  const content = { type: "html" as const, body: await page.text() };
  return send(stage, told, { content });
}

async function edit(stage: Stage, told: Told): Promise<void> {
  outletOf(stage, told.covered).correctQuietly(published(stage, told, trivially(copy(told, 0))));
}

async function takeBack(stage: Stage, told: Told): Promise<void> {
  const { slug, withdrawn } = told.covered;
  if (withdrawn?.how === "page") outletOf(stage, told.covered).remove(slug);
  else await send(stage, told, { event: "unpublish", content: null });
}

async function send(stage: Stage, told: Told, parts: Partial<Entry>): Promise<void> {
  const { newsroom } = stage;
  const url = addressOf(stage, told);
  const updatedAt = newsroom.clock();
  const { visibility } = told.covered;
  const id = `${told.covered.slug}-${updatedAt.getTime()}-${parts.event ?? ""}`;
  await newsroom.send(id, sentEntry({ guid: url, url, title: null, updatedAt, visibility, ...parts }));
}

function sentParts({ start }: Stage, told: Told, claim: number): Partial<Entry> {
  const { isEmbargoed, seen } = told.covered;
  const { paragraphs, title } = copy(told, claim);
  return {
    title,
    content: { type: "text", body: paragraphs.join("\n\n") },
    releaseAt: isEmbargoed ? new Date(start + seen * STEP_MS) : null,
  };
}

function published({ start }: Stage, { covered, event }: Told, { paragraphs, title }: Copy): Published {
  const { dated, extra, outlet, slug } = covered;
  const article = { slug, title, paragraphs, at: new Date(start + dated * STEP_MS + event.id * 1_000) };
  return extra === "shared-guid" ? { ...article, guid: `urn:outlet:${outlet}` } : article;
}

function copy({ event, covered }: Told, claim: number): Copy {
  const { cast, claims, market } = event;
  if (market !== null) return marketCopy(market);
  const claimed = claims[claim];
  if (cast === null || claimed === undefined) throw new Error(`Event ${event.id} has nothing to tell`);
  const { paragraphs, title } = copyOf(cast, claimed, covered.style);
  const { marker } = covered;
  if (marker === null) return { title, paragraphs };
  const [first = "", ...rest] = paragraphs;
  return { title: `${title} (${marker})`, paragraphs: [`${first} It is in the ${marker} files.`, ...rest] };
}

function addressOf(stage: Stage, { covered }: Told): string {
  return covered.outlet === null
    ? `https://press.example/${covered.slug}`
    : outletOf(stage, covered).url(covered.slug);
}

function outletOf({ newsroom }: Stage, { outlet }: Coverage): Outlet {
  const found = newsroom.outlets[outlet ?? -1];
  if (found === undefined) throw new Error(`There is no outlet ${outlet}`);
  return found;
}
