import { expect, test } from "vitest";
import { createTickets } from "#src/adapters/sign-in/tickets.ts";

test("A ticket is good for 15 minutes, as often as it is used, and for the process that issued it", () => {
  let now = new Date("2026-11-24T12:00:00Z");
  const tickets = createTickets(() => now);
  const ticket = tickets.issue();
  now = new Date("2026-11-24T12:14:59Z");
  expect([ticket, ticket, "", `${ticket}A`].map(tickets.isGood)).toEqual([true, true, false, false]);
  expect(createTickets(() => now).isGood(ticket)).toBe(false);
  now = new Date("2026-11-24T12:15:00Z");
  expect(tickets.isGood(ticket)).toBe(false);
});
