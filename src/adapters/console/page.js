// @ts-check
import { act } from "./page-answers.js";
import { openAsk } from "./page-ask.js";
import { catchUp, receive } from "./page-give.js";
import { openCommandLine } from "./page-command.js";
import { byId } from "./page-dom.js";
import { ask, isSignedOut } from "./page-fetch.js";
import { loadPosts } from "./page-list.js";
import { openSessions } from "./page-sessions.js";
import { loadState } from "./page-state.js";

const RECONNECT_MS = 3_000;

openAsk();
openCommandLine();
openSessions();
byId("show-status").addEventListener(
  "click",
  () => void act({ kind: "line", line: "/lede status" }, "Status"),
);
connect();

function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("open", () => {
    setState("live", "Page live");
    void loadState();
    void loadPosts(act);
    void catchUp();
  });
  events.addEventListener("posts", () => void loadPosts(act));
  events.addEventListener("state", () => void loadState());
  events.addEventListener("reply", (event) => receive(JSON.parse(event.data)));
  events.addEventListener("error", () => {
    setState("disconnected", "Disconnected, trying again…");
    // The browser retries by itself after a cut, but not after an answer that was an error.
    if (events.readyState === EventSource.CLOSED) void connectAgain();
  });
}

/** Unless this browser was signed out, which only another question can tell. */
async function connectAgain() {
  await ask("/api/state");
  if (!isSignedOut()) setTimeout(connect, RECONNECT_MS);
}

/**
 * @param {string} state
 * @param {string} text
 */
function setState(state, text) {
  byId("state").dataset["state"] = state;
  byId("state-text").textContent = text;
}
