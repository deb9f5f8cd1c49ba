// @ts-check
import { articleText, showFirstMark } from "./page-article.js";
import { button, dotted, element, outLink, timeElement } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireBrief} Brief */
/** @typedef {import("./page-wire.ts").WireStory["style"]} Style */

/**
 * A brief on the page. `open` is the index of the fact whose evidence is shown; `facts` whether they are shown in a
 * style that leaves them out.
 * @typedef {object} BriefState
 * @property {string} id prefix of the ids of its elements
 * @property {Brief} brief
 * @property {Style | "addition"} style
 * @property {string} title
 * @property {string[]} notes
 * @property {string | null} sentAt
 * @property {string | null} updatedAt
 * @property {number | null} open
 * @property {boolean} dropped
 * @property {boolean} facts
 * @property {() => void} render shows the state again
 */

/**
 * What the brief says.
 * @param {BriefState} state
 */
export function briefColumn(state) {
  const { brief, id, notes, style, title } = state;
  const heading = element(
    style === "addition" ? "h4" : "h3",
    { id: `${id}-title`, lang: style === "addition" ? null : brief.language },
    title,
  );
  const summary = element("p", { class: "summary", lang: brief.language }, brief.summary);
  const hasFacts = style === "full" || style === "addition" || state.facts;
  return element(
    "div",
    { class: "brief" },
    style === "addition" ? null : byline(state),
    heading,
    brief.change === null ? null : changeLine(state, brief.change),
    ...(style === "full" ? brief.caveats.map(caveatLine) : []),
    ...notes.map((note) => element("p", { class: "caveat" }, note)),
    brief.summary !== "" && (style === "full" || style === "compact") ? summary : null,
    hasFacts ? factList(state) : null,
    brief.dropped.length === 0 || style !== "full" ? null : droppedList(state),
  );
}

/**
 * Where it comes from: the article's own words beside the fact that was chosen.
 * @param {BriefState} state
 */
export function sourceColumn(state) {
  const { brief, open, style } = state;
  const { article } = brief;
  const hasFacts = style === "full" || style === "addition" || state.facts;
  const aside = element(
    "section",
    {
      class: open === null ? "source" : "source open",
      id: `${state.id}-source`,
      "aria-label": `Source: ${article.title}`,
    },
    element("p", { class: "source-title", lang: brief.language }, outLink(article.url, article.title)),
    article.byline === null ? null : element("p", { class: "small" }, `By ${article.byline}`),
  );
  const hint = element("p", { class: "hint" }, "Choose a fact to read it in the article’s own words.");
  if (open !== null)
    aside.append(articleText(brief, brief.facts[open]?.evidence ?? []), closeButton(state, open));
  else if (hasFacts && style !== "addition") aside.append(hint);
  aside.append(smallPrint(state));
  return aside;
}

/**
 * @param {BriefState} state
 * @param {number} index
 */
export function toggleFact(state, index) {
  state.open = state.open === index ? null : index;
  state.render();
  const text = document.getElementById(`${state.id}-source`)?.querySelector(".article-text");
  if (text instanceof HTMLElement) showFirstMark(text);
}

/** @param {BriefState} state */
function byline({ brief: { article }, sentAt }) {
  const at = article.publishedAt ?? sentAt;
  const parts = [article.site ?? "Pasted text", at === null ? null : timeElement(at)];
  return element("p", { class: "kicker" }, ...dotted(parts));
}

/**
 * @param {BriefState} state
 * @param {string} note
 */
function changeLine({ updatedAt }, note) {
  const at = updatedAt === null ? [] : [" ", timeElement(updatedAt)];
  return element("p", { class: "change" }, element("strong", {}, "Updated", ...at, ":"), ` ${note}`);
}

/** @param {string} caveat */
function caveatLine(caveat) {
  return element("p", { class: "caveat" }, element("strong", {}, "Caution:"), ` ${caveat}`);
}

/** @param {BriefState} state */
function factList(state) {
  const { brief } = state;
  return element(
    "ul",
    { class: "facts", id: `${state.id}-facts`, lang: brief.language },
    ...brief.facts.map((_, index) => factItem(state, index)),
  );
}

/**
 * @param {BriefState} state
 * @param {number} index
 */
function factItem(state, index) {
  const { brief, id, open } = state;
  const fact = brief.facts[index];
  const press = button(
    "",
    {
      class: "fact",
      id: `${id}-fact-${index}`,
      "aria-expanded": String(open === index),
      "aria-controls": `${id}-source`,
      title: "Show the article’s own words",
    },
    () => toggleFact(state, index),
  );
  press.append(element("span", { class: "fact-text" }, fact?.text ?? ""));
  if (fact?.changed) press.append(element("span", { class: "tag", lang: "en" }, "corrected"));
  return element("li", {}, press);
}

/** @param {BriefState} state */
function droppedList(state) {
  const { dropped } = state.brief;
  const items = dropped.map(({ text, reason }) =>
    element(
      "li",
      {},
      element("span", { class: "dropped-text" }, text),
      element("span", { class: "reason" }, reason),
    ),
  );
  const details = element(
    "details",
    { class: "dropped", open: state.dropped ? "" : null },
    element("summary", { id: `${state.id}-dropped` }, `Dropped (${dropped.length})`),
    element(
      "p",
      { class: "small" },
      "The writer said this too. It did not pass the check and was not posted.",
    ),
    element("ul", {}, ...items),
  );
  details.addEventListener("toggle", () => {
    state.dropped = details.open;
  });
  return details;
}

/**
 * @param {BriefState} state
 * @param {number} open
 */
function closeButton(state, open) {
  return button("Close the text", { class: "close", id: `${state.id}-close` }, () => {
    toggleFact(state, open);
    document.getElementById(`${state.id}-fact-${open}`)?.focus({ preventScroll: true });
  });
}

/** @param {BriefState} state */
function smallPrint({ brief: { prompt, usage, writer }, sentAt, style }) {
  const sent = sentAt === null ? null : element("span", {}, "Posted ", timeElement(sentAt));
  const cost = style === "addition" ? [] : [usage, prompt];
  return element("p", { class: "small print" }, ...dotted([sent, writer, ...cost]));
}
