import { afterEach, expect, test } from "vitest";
import { createFetch, type FetchOptions, type PageFetcher } from "#src/adapters/web/fetch.ts";
import { AppError } from "#src/core/errors.ts";
import { openSite, placesOf } from "#tests/sites.ts";
import { disguisesOf, embeddingsOf, OTHER_SCHEMES, spellingsOf } from "./address-forms.ts";

/**
 * Whatever spells an address of this machine is refused before anything is dialled. A form that got past the check would
 * be dialled on a port where nothing listens, and end with another code: nothing here can reach farther than loopback.
 */
const HERE = ["127.0.0.1", "127.8.9.10", "127.255.255.254", "0.0.0.0"];
const REFUSED = "fetch/not-public";
const BY = { by: "moderator" } as const;
const ASIDE = AbortSignal.timeout(60_000);

const fetchers: PageFetcher[] = [];

afterEach(async () => {
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
});

function open(options: Partial<FetchOptions> = {}): PageFetcher {
  const fetcher = createFetch({ places: [], userAgent: "test", ...options });
  fetchers.push(fetcher);
  return fetcher;
}

/** Those of the attacks that were not refused, with what became of them. */
async function through(
  attacks: readonly string[],
  attempt: (attack: string) => Promise<unknown>,
): Promise<string[]> {
  const ended = await Promise.all(
    attacks.map(async (attack) => {
      const code = await attempt(attack).then(
        () => "read",
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
      );
      return { attack, code };
    }),
  );
  return ended.filter(({ code }) => code !== REFUSED).map(({ attack, code }) => `${attack}: ${code}`);
}

const HOSTS = [
  ...HERE.flatMap(spellingsOf),
  ...HERE.flatMap(embeddingsOf),
  ..."[::1] [0:0:0:0:0:0:0:1] [::] [0000::0001]".split(" "),
];

test(`${HOSTS.length} spellings of this machine are refused`, async () => {
  const { fetchPage } = open();
  expect(await through(HOSTS, (host) => fetchPage(`http://${host}/`, BY))).toEqual([]);
});

const LINKS = [
  ...["127.0.0.1", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"].flatMap(disguisesOf),
  ...OTHER_SCHEMES,
];

test(`${LINKS.length} disguised links and other schemes are refused`, async () => {
  const { fetchPage } = open();
  expect(await through(LINKS, (link) => fetchPage(link, BY))).toEqual([]);
});

const NAMES = (
  "localhost LOCALHOST localhost. a.localhost ip6-localhost localtest.me 127.0.0.1.nip.io intranet metadata " +
  "metadata.google.internal router.local xn--bcher-kva.example bücher.example"
).split(" ");
const ANSWERS = [
  ["127.0.0.1"],
  ["::1"],
  ["0.0.0.0", "::"],
  ["::ffff:127.0.0.1"],
  ["::ffff:7f00:1", "::7f00:1"],
  ["64:ff9b::7f00:1"],
  ["127.0.0.1", "127.8.9.10", "::1"],
  [],
];

test.for(ANSWERS)(`${NAMES.length} names that resolve to %s are refused`, async (answer) => {
  const { fetchPage } = open({ resolve: () => Promise.resolve(answer) });
  expect(await through(NAMES, (name) => fetchPage(`http://${name}/`, BY))).toEqual([]);
});

test.for([301, 302, 303, 307, 308])(
  `a redirect with %i to any of ${HOSTS.length + LINKS.length} is refused, reading and posting`,
  async (status) => {
    const targets = [...HOSTS.map((host) => `http://${host}/`), ...LINKS];
    const outer = await openSite((request, response) => {
      const at = Number(new URL(request.url ?? "", "http://outer.example").searchParams.get("at"));
      // A header holds bytes: what lies beyond ASCII is sent as a browser's address bar would.
      const location = (targets[at] ?? "").replaceAll(/[^ -~\s]/gu, encodeURIComponent);
      response.writeHead(status, { location: location.replaceAll(/[\t\n]/g, "") }).end();
    });
    const { fetchPage, postForm } = open({ places: placesOf(outer.host) });
    const pages = targets.map((_, at) => `${outer.url}/?at=${at}`);
    expect(await through(pages, (page) => fetchPage(page, BY))).toEqual([]);
    // A form follows only the redirects that keep the method; the others are answers that are not 2xx.
    const posted = status >= 307 ? pages : [];
    expect(await through(posted, (page) => postForm(page, {}, ASIDE))).toEqual([]);
  },
);

test("nothing of a page that is read makes Lede ask another address", async () => {
  const inner = await openSite((_, response) => response.end("secret"));
  const outer = await openSite((_, response) => {
    response.writeHead(200, {
      "content-type": "text/html",
      refresh: `0; url=${inner.url}/refresh`,
      link: `<${inner.url}/hub>; rel="hub", <${inner.url}/css>; rel="preload"`,
      location: `${inner.url}/location`,
      "content-location": `${inner.url}/content`,
      "alt-svc": `h2="${inner.host}"`,
    });
    response.end(
      `<meta http-equiv=refresh content="0;url=${inner.url}/meta"><base href="${inner.url}/"><link rel=canonical href="${inner.url}/canonical">` +
        `<link rel=amphtml href="${inner.url}/amp"><img src="${inner.url}/img"><iframe src="${inner.url}/frame"></iframe>` +
        `<script src="${inner.url}/script"></script><script>location="${inner.url}/js"</script><p>News.`,
    );
  });
  const page = await open({ places: placesOf(outer.host) }).fetchPage(`${outer.url}/`, BY);
  expect(page.kind).toBe("fresh");
  expect(inner.requests).toEqual([]);
});
