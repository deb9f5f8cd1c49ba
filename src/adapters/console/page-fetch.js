// @ts-check
import { byId } from "./page-dom.js";

/**
 * Asks Lede; null when it did not answer. Whoever was signed out meanwhile is told, wherever that comes to light.
 * @param {string} path
 * @param {RequestInit} [init]
 */
export async function ask(path, init) {
  const answer = await fetch(path, init).catch(() => null);
  if (answer?.status === 401) showSignedOut();
  return answer;
}

export function isSignedOut() {
  return !byId("signed-out").hidden;
}

function showSignedOut() {
  if (isSignedOut()) return;
  byId("signed-out").hidden = false;
  byId("main").hidden = true;
  byId("status").hidden = true;
  byId("signed-out").focus();
}
