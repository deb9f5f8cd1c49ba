// @ts-check
import { element } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireBrief} Brief */
/** @typedef {{ start: number, end: number }} Run */

/**
 * The article's text with the evidence of a fact marked and corrected runs underlined.
 * @param {Brief} brief
 * @param {readonly Run[]} evidence
 */
export function articleText(brief, evidence) {
  const body = element("div", {
    class: "article-text",
    tabindex: "0",
    role: "region",
    "aria-label": "The article’s text",
    lang: brief.language,
  });
  for (const paragraph of brief.article.paragraphs) {
    body.append(element("p", {}, ...pieces(paragraph, evidence, brief.changedRuns)));
  }
  return body;
}

/**
 * Scrolls the text, and the page only where it must, so that the first mark is in sight.
 * @param {HTMLElement} text
 */
export function showFirstMark(text) {
  const mark = text.querySelector("mark");
  if (mark === null) return;
  const away = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += away - text.clientHeight / 3;
  mark.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/**
 * @param {{ text: string, start: number }} paragraph
 * @param {readonly Run[]} evidence
 * @param {readonly Run[]} changed
 */
function pieces({ text, start }, evidence, changed) {
  const cuts = new Set([0, text.length]);
  for (const run of [...evidence, ...changed]) {
    for (const edge of [run.start - start, run.end - start]) {
      if (edge > 0 && edge < text.length) cuts.add(edge);
    }
  }
  const edges = [...cuts].sort((a, b) => a - b);
  /** @type {Node[]} */
  const nodes = [];
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const words = text.slice(from, edges[index + 1]);
    const isChanged = covers(changed, start + from);
    const inner = isChanged ? element("ins", {}, words) : document.createTextNode(words);
    nodes.push(covers(evidence, start + from) ? element("mark", {}, inner) : inner);
  }
  return nodes;
}

/**
 * @param {readonly Run[]} runs
 * @param {number} at
 */
function covers(runs, at) {
  return runs.some((run) => run.start <= at && at < run.end);
}
