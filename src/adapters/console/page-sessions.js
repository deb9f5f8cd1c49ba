// @ts-check
import { button, byId, element, timeElement } from "./page-dom.js";
import { ask } from "./page-fetch.js";

/** @typedef {{ id: string, browser: string, openedAt: string, own: boolean }} Row */

/** The browsers that are signed in, read anew each time the list is opened. */
export function openSessions() {
  const details = byId("sessions");
  details.addEventListener("toggle", () => void (details.hasAttribute("open") && load()));
  byId("sign-out-all").addEventListener("click", () => void end("/api/sessions"));
}

async function load() {
  const answer = await ask("/api/sessions");
  if (answer?.ok !== true) return;
  /** @type {{ sessions: Row[] }} */
  const { sessions } = await answer.json();
  byId("session-list").replaceChildren(...sessions.map(sessionItem));
}

/** @param {Row} row */
function sessionItem({ id, browser, openedAt, own }) {
  const words = element("span", {}, own ? `${browser}, this browser` : browser, ", since ");
  words.append(timeElement(openedAt));
  const label = { "aria-label": `Sign out ${own ? "this browser" : browser}` };
  return element(
    "li",
    {},
    words,
    button("Sign out", label, () => end(`/api/sessions/${id}`)),
  );
}

/**
 * Signing this browser out comes to light at the next question.
 * @param {string} path
 */
async function end(path) {
  await ask(path, { method: "DELETE" });
  await load();
}
