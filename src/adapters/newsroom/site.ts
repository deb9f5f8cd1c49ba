import { Hono } from "hono";
import { etag } from "hono/etag";
import { editionsAt } from "./articles.ts";
import { renderFeed } from "./feed.ts";
import { renderArticlePage, renderFrontPage, renderMissingPage } from "./pages.ts";
import type { Edition } from "./articles.ts";
import type { Place } from "./layout.ts";

export type NewsroomOptions = {
  /** Where the site is mounted, such as "/newsroom": a leading slash and no trailing one. */
  basePath: string;
  /** The absolute origin put into links; asked on each request because the port is known only after listening. */
  origin: () => string;
  /** Kept by the caller across restarts: the same moment gives the same addresses and texts. */
  openedAt: Date;
  clock: () => Date;
};

// Long enough to take a burst of reloads, short against the 20 s between two publications.
const CACHE_CONTROL = "max-age=5";

/** The sample news site as an app to mount at "/"; what it serves depends on `openedAt` and `clock` alone. */
export function createNewsroom({ basePath, origin, openedAt, clock }: NewsroomOptions): Hono {
  const place: Place = { openedAt, url: (path) => new URL(`${basePath}${path}`, origin()).href };
  const editions = (): Edition[] => editionsAt(openedAt, clock());

  const app = new Hono();
  app.use(`${basePath}/*`, etag(), async (context, next) => {
    await next();
    context.header("Cache-Control", CACHE_CONTROL);
  });
  app.get(basePath, (context) => context.redirect(`${basePath}/`));
  app.get(`${basePath}/`, (context) => context.html(renderFrontPage(editions(), place)));
  app.get(`${basePath}/feed.xml`, (context) => {
    const headers = { "Content-Type": "application/atom+xml; charset=utf-8" };
    return context.body(renderFeed(editions(), place), 200, headers);
  });
  app.get(`${basePath}/:year/:month/:day/:page`, (context) => {
    const all = editions();
    const edition = all.find(({ path }) => `${basePath}${path}` === context.req.path);
    if (edition === undefined) return context.html(renderMissingPage(place), 404);
    const others = all.filter((other) => other !== edition);
    return context.html(renderArticlePage(edition, others, place));
  });
  return app;
}
