import { createServer } from "node:http";
import { expect, test } from "vitest";
import { z } from "zod";
import { extractArticle } from "#src/adapters/web/extract.ts";
import { createReader } from "#src/adapters/web/reader.ts";
import { placesOf } from "#tests/sites.ts";

const BODY = [
  "The ferry has been taken out of service after inspectors found a crack in its hull on Thursday night.",
  "The crack is 18 centimetres long and lies below the waterline, the harbour authority said.",
  "About 2,300 people use the crossing each day. A bus will run around the bay from Friday.",
  "The authority will publish the inspectors' report on Monday, its spokeswoman said in the evening.",
];
const PLANTED = "SECRET, the ferry never had a crack at all, says the harbour master in a letter.";

interface Page {
  css: string;
  /** Around `TEXT`, which stands for the planted sentence. */
  planted?: string;
  head?: string;
}

function read(page: Page): string {
  const { paragraphs } = extractArticle({ html: pageOf(page), url: "https://tideway.example/x" });
  for (const text of BODY) expect(paragraphs.join("\n")).toContain(text);
  return paragraphs.join("\n");
}

function pageOf({ css, planted = '<p class="x">TEXT</p>', head = `<style>${css}</style>` }: Page): string {
  const [first = "", ...rest] = BODY.map((text) => `<p>${text}</p>`);
  return `<!doctype html><html lang="en"><head><title>Ferry stops</title>${head}</head><body><main id="m" class="main"><h1>Ferry stops</h1><div class="story">${first}${planted.replace("TEXT", PLANTED)}${rest.join("")}</div></main></body></html>`;
}

const HIDING = [
  "display:none",
  "DISPLAY : None",
  "display:none/* a word */",
  String.raw`d\69splay:n\6f ne`,
  "visibility:hidden",
  "visibility:collapse",
  "opacity:0",
  "opacity:.01",
  "font-size:0",
  "font-size:1px",
  "position:absolute;left:-9999px",
  "position:fixed;right:-9999px",
  "text-indent:-9999px",
  "clip:rect(0 0 0 0)",
  "clip-path:inset(50%)",
  "-webkit-clip-path:inset(100%)",
  "transform:scale(0)",
  "transform:translateX(-9999px)",
  "height:0;overflow:hidden",
  "max-height:0;overflow:hidden",
  "width:1px;height:1px;overflow:hidden",
  "color:#fff;background:#fff",
  "color:transparent",
];
const SELECTORS = [
  ".x",
  "p.x",
  "#m .x",
  ".story > .x",
  "p + .x",
  "p ~ .x",
  "[class~=x]",
  ".story p:nth-child(2)",
  ".x:not(.main)",
  "main:has(h1) .x",
  ":is(.x, .q)",
  "a, .x",
  ".x:not(:hover)",
];
const AROUND: readonly (readonly [before: string, after: string])[] = [
  ["", ""],
  ["@media screen{", "}"],
  ["@media (min-width:800px){", "}"],
  ["@media (width >= 40em){", "}"],
  ["@media not print{", "}"],
  ["@media (prefers-reduced-motion:no-preference){", "}"],
  ["@supports (display:block){", "}"],
  ["@layer base{", "}"],
  ["p{color;;:b;c:d!} <!-- @import url(a.css); ", ""],
];

test.for(HIDING)("a rule of %s hides, whatever selects it and wherever it stands", (declarations) => {
  for (const selector of SELECTORS) {
    for (const [before, after] of AROUND) {
      const css = `${before}${selector}{${declarations}}${after}`;
      expect({ css, isRead: read({ css }).includes("SECRET") }).toEqual({ css, isRead: false });
    }
  }
});
test.for([
  ["by the id's weight", "#m .x{display:none} p.x{display:block}"],
  ["after what showed it", ".x{display:block} .x{display:none}"],
  ["by importance", ".x{display:none!important} #m .x{display:block}"],
  ["against a style attribute", ".x{display:none!important}", '<p class="x" style="display:block">TEXT</p>'],
  ["inside of a hidden box", ".box{display:none}", '<div class="box"><p>TEXT</p></div>'],
  ["in a box whose text is hidden", ".box{visibility:hidden}", '<div class="box"><p>TEXT</p></div>'],
  ["in a part of the paragraph", "i{font-size:0}", "<p>And so it went. <i>TEXT</i></p>"],
  ["by nested rules", ".story{& .x{display:none}}"],
  ["by a nested rule without its mark", ".story{.x{display:none}}"],
  ["until the pointer comes", ".x{display:none} .x:hover{display:block}"],
  ["but on telephones", ".x{display:none} @media (max-width:600px){.x{display:block}}"],
  ["but in print", ".x{display:none} @media print{.x{display:block}}"],
  ["with the place and the distance in two rules", ".x{position:absolute} p.x{left:-9999px}"],
  ["with a size in its parent's", ".x{font-size:0} .x b{font-size:1em}", '<p class="x"><b>TEXT</b></p>'],
  ["by a style in the body", "", '<style>.x{display:none}</style><p class="x">TEXT</p>'],
  ["by a style in a drawing", "", '<svg><style>.x{display:none}</style></svg><p class="x">TEXT</p>'],
] as const)("text is hidden %s", ([, css, planted]) => {
  expect(read({ css, ...(planted === undefined ? {} : { planted }) })).not.toContain("SECRET");
});

test.for([
  ["shows it later", ".x{display:none} .x{display:block}"],
  ["shows it with more weight", ".story .x{display:block} .x{display:none}"],
  ["shows it with importance", ".x{display:block!important} #m .x{display:none}"],
  ["shows it in its style attribute", ".x{display:none}", '<p class="x" style="display:block">TEXT</p>'],
  ["shows it once scripts run", ".x{display:none} .js .x{display:block}"],
  ["shows it once it is opened", ".x{opacity:0} .x.is-open{opacity:1}"],
  [
    "shows it while a box is ticked",
    ".x{display:none} input:checked ~ .x{display:block}",
    '<input type="checkbox"><p class="x">TEXT</p>',
  ],
  ["hides it in print", "@media print{.x{display:none}}"],
  ["hides it on telephones", "@media (max-width:600px){.x{display:none}}"],
  ["hides it on the widest screens", "@media (min-width:1500px){.x{display:none}}"],
  ["hides it in the dark", "@media (prefers-color-scheme:dark){.x{display:none}}"],
  ["hides it where something is missing", "@supports not (display:grid){.x{display:none}}"],
  ["hides it in a container of some size", "@container (width>1px){.x{display:none}}"],
  ["hides it under the pointer", ".x:hover{display:none}"],
  ["hides it while it has the focus", ".x:focus-within{display:none}"],
  ["hides it as a target", ".x:target{display:none}"],
  ["hides it without scripts", ".no-js .x{display:none}", '<div class="no-js"><p class="x">TEXT</p></div>'],
  ["hides it until it is opened", ".x:not(.open){display:none}"],
  ["hides what stands before it", ".x::before{display:none}"],
  ["hides another", ".y{display:none}"],
  ["can not be read", ".x:frobnicate{display:none} .x,{display:none} .x{{display:none}}"],
  ["fades it in", "@keyframes f{to{opacity:1}} .x{opacity:0;animation:f 1s forwards}"],
  [
    "gives its parts a size of their own",
    ".x{font-size:0} .x b{font-size:16px}",
    '<p class="x"><b>TEXT</b></p>',
  ],
  ["shows what is inside", ".x{visibility:hidden} .x b{visibility:visible}", '<p class="x"><b>TEXT</b></p>'],
  [
    "fills it with a gradient",
    ".x{color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text}",
  ],
  ["moves what stands where it is", ".x{left:-9999px}"],
  ["lets columns be of one height", ".x{margin-bottom:-9999px;padding-bottom:9999px;overflow:hidden}"],
  ["lets it shrink", ".x{min-height:0;overflow:hidden}"],
] as const)("text is read where a rule %s", ([, css, planted]) => {
  expect(read({ css, ...(planted === undefined ? {} : { planted }) })).toContain("SECRET");
});

test.for([
  ["in <noscript>", "<noscript><style>.x{display:none}</style></noscript>"],
  ["in a template", "<template><style>.x{display:none}</style></template>"],
  ["for print", '<style media="print">.x{display:none}</style>'],
  ["in another language", '<style type="text/less">.x{display:none}</style>'],
] as const)("a style %s does not count", ([, head]) => {
  expect(read({ css: "", head })).toContain("SECRET");
});

const LATE = [
  "html{opacity:0}",
  "body{visibility:hidden}",
  "body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}@-webkit-keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}",
  ".story{display:none}",
];

test.for([...LATE, ".story p{opacity:0;transition:opacity 1s}"])(
  "an article that %s hides until scripts run is read",
  (css) => {
    expect(read({ css })).toContain("SECRET");
  },
);

test.for(LATE)("what is hidden in an article that %s hides for a while is not read", (css) => {
  expect(read({ css: `${css} .x{display:none}` })).not.toContain("SECRET");
});

test("a page that is fetched gives the article without what its styles hide", async () => {
  const server = createServer((_, response) =>
    response.end(pageOf({ css: ".x{opacity:0}", planted: '<p>And <span class="x">TEXT</span></p>' })),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
  const { reader, close } = createReader({ places: placesOf(host) });
  const page = await reader.fetchPage({ url: `http://${host}/ferry`, by: "moderator" });
  if (page.kind !== "fresh") throw new Error("The page was not read.");
  expect(reader.readArticle(page).paragraphs.join("\n")).not.toContain("SECRET");
  await close();
  server.close();
});
