// @ts-check
import { byId, element, timeElement } from "./page-dom.js";
import { ask } from "./page-fetch.js";

/** @typedef {import("./page-wire.ts").WirePlatform} Row */

const NAMES = { discord: "Discord", slack: "Slack", console: "Console" };

/** Shows how each platform is, beside how the page itself is. */
export async function loadState() {
  const answer = await ask("/api/state");
  if (answer?.ok !== true) return;
  /** @type {{ platforms: Row[] }} */
  const { platforms } = await answer.json();
  byId("platforms").replaceChildren(...platforms.map(platformItem));
}

/** @param {Row} row */
function platformItem({ name, connection }) {
  const dot = element("span", { class: "dot", "aria-hidden": "true" });
  const item = element("li", { class: "state", "data-state": connection.state }, dot);
  item.append(element("span", {}, NAMES[name], " ", ...words(connection)));
  return item;
}

/**
 * @param {Row["connection"]} connection
 * @returns {(Node | string)[]}
 */
function words(connection) {
  switch (connection.state) {
    case "connected":
      return ["connected"];
    case "listening":
      return connection.heardAt === null
        ? ["not heard yet"]
        : ["last heard ", timeElement(connection.heardAt)];
    case "disconnected":
    default:
      return ["not connected since ", timeElement(connection.since), why(connection.why)];
  }
}

/** @param {string | null} text */
function why(text) {
  return text === null ? "" : `: ${text}`;
}
