import fc from "fast-check";
import { expect, test } from "vitest";
import { createTurns, type Turn } from "#src/core/turns.ts";

interface Asked extends Turn {
  id: number;
}

const RUNNERS = 8;

function ask(id: number, group: string, person = "p"): Asked {
  return { id, group, person };
}

test("a workspace, and a person of it, has half of what the others leave", () => {
  const turns = createTurns<Asked>(RUNNERS);
  for (let id = 0; id < 24; id += 1) turns.add(ask(id, "a", "ann"));
  expect(takeAll(turns).length).toBe(2);
  for (let id = 100; id < 124; id += 1) turns.add(ask(id, "a", `p${id}`));
  expect(takeAll(turns).length).toBe(2);
  turns.add(ask(200, "b"));
  turns.add(ask(201, "c"));
  expect(takeAll(turns).map(({ id }) => id)).toEqual([200, 201]);
});

test("the people of a workspace have its turns one after the other", () => {
  const turns = createTurns<Asked>(2);
  for (let id = 0; id < 3; id += 1) turns.add(ask(id, "a", "ann"));
  for (let id = 10; id < 12; id += 1) turns.add(ask(id, "a", "ben"));
  turns.add(ask(20, "a", "cleo"));
  const order: number[] = [];
  for (let item = turns.take(); item !== null; item = turns.take()) {
    order.push(item.id);
    turns.done(item);
  }
  expect(order).toEqual([0, 10, 20, 1, 11, 2]);
});

test("a share that was given back is given to the next who waits", () => {
  const turns = createTurns<Asked>(2);
  turns.add(ask(1, "a"));
  turns.add(ask(2, "a"));
  const [first] = takeAll(turns);
  expect(first?.id).toBe(1);
  if (first !== undefined) turns.done(first);
  expect(takeAll(turns).map(({ id }) => id)).toEqual([2]);
});

const Group = fc.constantFrom("a", "b", "c", "d");
const Person = fc.constantFrom("p", "q", "r");
const Step = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), group: Group, person: Person }),
  fc.record({ kind: fc.constant("take" as const) }),
  fc.record({ kind: fc.constant("done" as const), which: fc.nat(20) }),
);

test("nobody waits for more turns than there are others, nothing is lost, and no share is passed", () => {
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 300, size: "max" }), (steps) => {
      expect(complaints(steps)).toEqual([]);
    }),
  );
});

type Step = typeof Step extends fc.Arbitrary<infer Value> ? Value : never;

/** What is wrong with how the steps went, in words. */
function complaints(steps: readonly Step[]): string[] {
  const turns = createTurns<Asked>(RUNNERS);
  const waiting: Asked[] = [];
  const running: Asked[] = [];
  /** By workspace that waits and may run: whose turn it was since its own. */
  const since = new Map<string, Set<string>>();
  const wrong: string[] = [];
  for (const [id, step] of steps.entries()) {
    if (step.kind === "add") {
      const asked = ask(id, step.group, step.person);
      waiting.push(asked);
      turns.add(asked);
    } else if (step.kind === "take") {
      const taken = turns.take();
      wrong.push(...judged(taken, { waiting, running, since }));
      if (taken === null) continue;
      waiting.splice(waiting.indexOf(taken), 1);
      running.push(taken);
    } else {
      const [ended] = running.splice(step.which % Math.max(1, running.length), 1);
      if (ended !== undefined) turns.done(ended);
    }
  }
  return wrong;
}

interface State {
  waiting: readonly Asked[];
  running: readonly Asked[];
  since: Map<string, Set<string>>;
}

function judged(taken: Asked | null, { waiting, running, since }: State): string[] {
  const open = waiting.filter(({ group, person }) => mayRun(running, group, person));
  if (taken === null) return open.map(({ id }) => `${id} could have run`);
  const isFirst = waiting.find((one) => one.group === taken.group && one.person === taken.person) === taken;
  const wrong = isFirst ? [] : [`${taken.id} was not the first of its person`];
  if (!open.includes(taken)) wrong.push(`${taken.id} passed a share`);
  for (const group of new Set(waiting.map((one) => one.group))) {
    const others = since.get(group) ?? new Set<string>();
    const waits = group !== taken.group && open.some((one) => one.group === group);
    if (waits && others.has(taken.group)) wrong.push(`${taken.group} had two turns while ${group} waited`);
    since.set(group, waits ? others.add(taken.group) : new Set());
  }
  return wrong;
}

function takeAll(turns: ReturnType<typeof createTurns<Asked>>): Asked[] {
  const taken: Asked[] = [];
  for (let next = turns.take(); next !== null; next = turns.take()) taken.push(next);
  return taken;
}

/** The rule said another way: with one more, twice of what it has is at most one above what the others leave. */
function mayRun(running: readonly Asked[], group: string, person: string): boolean {
  const others = running.filter((one) => one.group !== group).length;
  const own = running.length - others;
  const share = Math.floor((RUNNERS - others + 1) / 2);
  const mine = running.filter((one) => one.group === group && one.person === person).length;
  return running.length < RUNNERS && own < share && 2 * (mine + 1) <= share - (own - mine) + 1;
}
