import { z } from "zod";
import { MAX_QUERY_LENGTH } from "./topic-query.ts";

const MAX_TOPIC_NAME = 60;

/** What a workspace wants to read about. */
export const Topic = z.strictObject({
  id: z.string().min(1),
  workspace: z.string().min(1),
  name: z.string().trim().min(1).max(MAX_TOPIC_NAME),
  /** As typed; `parseTopicQuery` reads it. */
  query: z.string().trim().min(1).max(MAX_QUERY_LENGTH),
});
export type Topic = z.infer<typeof Topic>;

/** Topics to begin with. Bare words bring the shipped synonyms along. */
export const STARTER_TOPICS: readonly { name: string; query: string }[] = [
  { name: "Climate", query: 'climate OR "extreme weather" OR heatwave OR drought OR wildfire OR COP*' },
  { name: "Energy", query: "energy OR oil OR natural gas OR renewables OR nuclear power" },
  { name: "Elections", query: 'elections OR "campaign rally" OR "exit poll" OR "opinion poll"' },
  { name: "Artificial intelligence", query: "AI OR chatbots OR Anthropic OR DeepMind OR Nvidia" },
  { name: "Cybersecurity", query: 'cybersecurity OR hackers OR "zero-day" OR spyware OR botnet' },
  { name: "Health", query: "health OR hospitals OR vaccines OR outbreak OR medicine" },
  { name: "Economy", query: "economy OR inflation OR jobs OR interest rates OR budget" },
  { name: "Markets", query: "stock market OR bonds OR currencies OR earnings" },
  { name: "Trade and tariffs", query: 'trade OR tariffs OR sanctions OR "supply chain"' },
  { name: "Football", query: 'football -"American football" -NFL' },
  { name: "Courts", query: "courts OR sentencing OR indictment OR inquest" },
  { name: "Migration", query: 'migration OR asylum OR "border control"' },
  { name: "Housing", query: 'housing OR tenants OR mortgages OR "planning permission"' },
  { name: "War in Ukraine", query: "Ukraine AND (war OR Russia OR drones OR sanctions)" },
  { name: "Middle East", query: "Israel OR Palestine OR Gaza OR Lebanon OR Iran OR Syria OR Houthi" },
  { name: "Transport", query: "transport OR railways OR aviation OR buses" },
  {
    name: "Local government",
    query: '"city council" OR "town council" OR "county council" OR mayor OR councillors',
  },
  { name: "Space", query: "space OR NASA OR SpaceX OR astronomy" },
];
