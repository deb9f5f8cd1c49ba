// @ts-check
import { briefColumn, sourceColumn, toggleFact } from "./page-columns.js";
import { button, element, outLink, timeElement } from "./page-dom.js";
import { actionButtons, replyBody } from "./page-reply.js";

/** @typedef {import("./page-wire.ts").WirePost} Post */
/** @typedef {import("./page-wire.ts").WireBrief} Brief */
/** @typedef {import("./page-wire.ts").WireMessage} Message */
/** @typedef {import("./page-columns.js").BriefState} BriefState */

/**
 * Gives a call whose answer is shown in a place.
 * @typedef {(input: import("./page-wire.ts").WireInput, label: string, place: HTMLElement) => unknown} ActIn
 */

/**
 * A post on the page. What its buttons answer stands in `talk`, what hangs on it in `thread`.
 * @typedef {object} Shown
 * @property {HTMLElement} root
 * @property {HTMLElement} body
 * @property {HTMLElement} foot
 * @property {HTMLElement} talk
 * @property {HTMLElement} thread
 * @property {Map<string, Shown>} replies
 * @property {Post} post
 * @property {BriefState | null} state
 * @property {ActIn} act
 */

/**
 * @param {Post} post
 * @param {ActIn} act
 * @returns {Shown}
 */
export function createCard(post, act) {
  const body = element("div", {});
  const foot = element("div", { class: "post-foot" });
  const talk = element("div", { class: "talk" });
  const thread = element("div", { class: "thread" });
  const root = element("article", { class: "card", "data-id": post.id }, body, foot, talk, thread);
  /** @type {Shown} */
  const shown = { root, body, foot, talk, thread, replies: new Map(), post, state: null, act };
  render(shown);
  showReplies(shown);
  root.addEventListener("keydown", (event) => {
    const { state } = shown;
    if (event.key !== "Escape" || state === null || state.open === null) return;
    event.stopPropagation();
    toggleFact(state, state.open);
  });
  return shown;
}

/**
 * Shows a newer version in place; open evidence, the text's scroll position and the focus stay. False when it is the same.
 * @param {Shown} shown
 * @param {Post} post
 */
export function updateCard(shown, post) {
  const before = shown.post;
  if (JSON.stringify(post) === JSON.stringify(before)) return false;
  keepFactOpen(shown.state, post);
  shown.post = post;
  if (JSON.stringify({ ...post, replies: [] }) !== JSON.stringify({ ...before, replies: [] })) {
    render(shown);
    flash(shown.root);
  }
  showReplies(shown);
  return true;
}

/**
 * A short highlight.
 * @param {HTMLElement} root
 */
export function flash(root) {
  root.classList.remove("fresh");
  // Reading the layout restarts the animation when the class comes back.
  void root.offsetWidth;
  root.classList.add("fresh");
}

/**
 * A brief that was asked for, as a post that stands nowhere.
 * @param {Brief} brief
 * @param {string} id
 * @returns {Post}
 */
export function unposted(brief, id) {
  return {
    kind: "story",
    style: "full",
    id,
    brief,
    notes: [],
    also: [],
    actions: [],
    replies: [],
    sentAt: null,
    updatedAt: null,
  };
}

/** @param {Shown} shown */
function render(shown) {
  const { root, body, foot, post } = shown;
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const scrolled = body.querySelector(".article-text")?.scrollTop ?? 0;
  if (post.kind === "message") renderMessage(shown, post);
  else renderBrief(shown, post);
  root.setAttribute("aria-labelledby", `${post.id}-title`);
  foot.hidden = foot.children.length === 0;
  const text = body.querySelector(".article-text");
  if (text !== null) text.scrollTop = scrolled;
  if (focused !== undefined && focused !== "")
    document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * @param {Shown} shown
 * @param {Exclude<Post, Message>} post
 */
function renderBrief(shown, post) {
  const { body, foot, root } = shown;
  const isStory = post.kind === "story";
  const state = {
    ...(shown.state ?? { open: null, dropped: false, facts: false }),
    id: post.id,
    brief: post.brief,
    style: isStory ? post.style : /** @type {const} */ ("addition"),
    title: isStory ? post.brief.headline : `${post.outlet} adds:`,
    notes: post.notes,
    sentAt: post.sentAt,
    updatedAt: isStory ? post.updatedAt : null,
    render: () => render(shown),
  };
  shown.state = state;
  root.className = `card ${state.style}`;
  body.className = "card-body";
  body.replaceChildren(briefColumn(state), sourceColumn(state));
  const also = isStory && post.also.length > 0 ? alsoLine(post.also) : null;
  foot.replaceChildren(...(also === null ? [] : [also]), ...footButtons(shown, state));
}

/**
 * @param {Shown} shown
 * @param {Message} post
 */
function renderMessage(shown, { id, look, reply, sentAt }) {
  const { body, foot, root } = shown;
  shown.state = null;
  root.className = `card message ${look}`;
  body.className = "";
  const title = element("h3", { id: `${id}-title` }, reply.title ?? "Message");
  body.replaceChildren(title, replyBody(reply, actIn(shown)));
  const sent = sentAt === null ? [] : [element("p", { class: "small" }, "Posted ", timeElement(sentAt))];
  foot.replaceChildren(...sent, ...footButtons(shown, null));
}

/** @param {{ name: string, url: string | null }[]} outlets */
function alsoLine(outlets) {
  const names = outlets.flatMap(({ name, url }, index) => [index === 0 ? " " : ", ", outLink(url, name)]);
  return element("p", { class: "also" }, "Also:", ...names);
}

/**
 * @param {Shown} shown
 * @param {BriefState | null} state
 */
function footButtons(shown, state) {
  const { actions, id } = shown.post;
  const buttons = actionButtons(actions, actIn(shown));
  if (state !== null && (state.style === "compact" || state.style === "headline"))
    buttons.unshift(evidenceButton(state));
  for (const [index, one] of buttons.entries()) one.id = `${id}-action-${index}`;
  return buttons.length === 0 ? [] : [element("div", { class: "actions" }, ...buttons)];
}

/**
 * A style without facts hides them; their evidence is looked at through them.
 * @param {BriefState} state
 */
function evidenceButton(state) {
  const shows = { "aria-expanded": String(state.facts), class: "action" };
  return button(state.facts ? "Hide evidence" : "Show evidence", shows, () => {
    state.facts = !state.facts;
    state.open = null;
    state.render();
  });
}

/** @param {Shown} shown */
function actIn(shown) {
  /** @type {import("./page-reply.js").Act} */
  const act = (input, label) => shown.act(input, label, shown.talk);
  return act;
}

/** @param {Shown} shown */
function showReplies({ act, post, replies, thread }) {
  for (const [id, reply] of replies) {
    if (post.replies.some((one) => one.id === id)) continue;
    reply.root.remove();
    replies.delete(id);
  }
  for (const [index, one] of post.replies.entries()) {
    const shown = replies.get(one.id) ?? createCard(one, act);
    replies.set(one.id, shown);
    updateCard(shown, one);
    if (thread.children[index] !== shown.root)
      thread.insertBefore(shown.root, thread.children[index] ?? null);
  }
}

/**
 * The fact whose evidence is open stays open while it is there, wherever it has moved.
 * @param {BriefState | null} state
 * @param {Post} post
 */
function keepFactOpen(state, post) {
  if (state === null || state.open === null || post.kind === "message") return;
  const text = state.brief.facts[state.open]?.text;
  const found = post.brief.facts.findIndex((fact) => fact.text === text);
  if (found !== -1) state.open = found;
  if (state.open >= post.brief.facts.length) state.open = null;
}
