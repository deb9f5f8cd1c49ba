import { expect, test } from "vitest";
import { matchTopic } from "#src/core/topic-match.ts";
import { matchesEverything, printTopicQuery } from "#src/core/topic-node.ts";
import { parseTopicQuery } from "#src/core/topic-query.ts";
import { prepareSubject } from "#src/core/topic-subject.ts";
import { STARTER_TOPICS, Topic } from "#src/core/topic.ts";

test.for(STARTER_TOPICS)("the topic $name to begin with is read without a note", ({ name, query }) => {
  const parsed = parseTopicQuery(query);
  expect(parsed.notes).toEqual([]);
  expect(matchesEverything(parsed)).toBe(false);
  expect(parseTopicQuery(printTopicQuery(parsed)).root).toEqual(parsed.root);
  expect(Topic.safeParse({ id: "t1", workspace: "slack:T1", name, query }).success).toBe(true);
});

test.for([
  ["Emissions must halve by 2030, scientists warn", "Climate"],
  ["Opec agrees to cut output", "Energy"],
  ["Voters go to the polls in Peru", "Elections"],
  ["Chatbot maker unveils new model", "Artificial intelligence"],
  ["Ransomware gang hits hospital network", "Cybersecurity"],
  ["Unemployment rises to 5 per cent", "Economy"],
  ["Shares slide on Wall Street", "Markets"],
  ["Premier League club sacks coach", "Football"],
  ["Supreme court hears appeal", "Courts"],
  ["Asylum seekers moved from hotels", "Migration"],
  ["Rents climb as landlords sell", "Housing"],
  ["Russian missile strikes hit Kyiv power grid", "War in Ukraine"],
  ["Rail passengers face delays", "Transport"],
  ["City council votes on bin collections", "Local government"],
] satisfies [string, string][])("'%s' is for %s", ([title, topic]) => {
  const subject = prepareSubject({ title, paragraphs: [], site: null, url: null, language: "en" });
  const found = STARTER_TOPICS.filter(({ query }) => matchTopic(parseTopicQuery(query), subject) !== null);
  expect(found.map(({ name }) => name)).toContain(topic);
});

test.for([
  { name: "", query: "oil" },
  { name: "x".repeat(61), query: "oil" },
  { name: "Oil", query: "  " },
  { name: "Oil", query: "x".repeat(501) },
])("a topic with a name or a query out of bounds is refused", (parts) => {
  expect(Topic.safeParse({ id: "t1", workspace: "slack:T1", ...parts }).success).toBe(false);
});
