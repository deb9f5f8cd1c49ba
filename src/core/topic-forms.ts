import { cadenceText } from "./cadence-text.ts";
import type { Form, FormField } from "./form.ts";
import type { PostStyle, Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

const QUERY_HINT = 'Words, "phrases", OR, NOT, title:, site:, lang:, trailing *';
const CADENCE_HINT = "instant, hourly, daily 8:00, weekdays 8:00, weekly, or cron";

/** To make a topic and post it in a channel. */
export function addTopicForm(channel: string | null): Form {
  return {
    id: "topics:add",
    title: "Add a topic",
    submit: "Add",
    fields: [
      text("name", "Name", { hint: "As the log and “Why?” call it", max: 60 }),
      text("query", "What to look for", { hint: QUERY_HINT, max: 500, lines: true }),
      { name: "channel", label: "Channel", hint: null, required: false, kind: "channel", value: channel },
      styleField("full"),
      text("cadence", "When", { hint: CADENCE_HINT, max: 100, value: "instant" }),
    ],
  };
}

/** What a topic is, and how it reads. `seen` is the version of the decisions the person is shown. */
export function editTopicForm(topic: Topic, subscription: Subscription | null, seen: number): Form {
  const fields: FormField[] = [
    text("name", "Name", { hint: null, max: 60, value: topic.name }),
    text("query", "What to look for", { hint: QUERY_HINT, max: 500, lines: true, value: topic.query }),
  ];
  if (subscription !== null) {
    fields.push(
      styleField(subscription.style),
      text("cadence", "When", { hint: CADENCE_HINT, max: 100, value: cadenceText(subscription.cadence) }),
      text("language", "Language", {
        hint: "A code such as de; none for each article's own",
        max: 35,
        value: subscription.language ?? "none",
      }),
    );
  }
  return { id: `topics:edit:${topic.id}@${seen}`, title: "Edit a topic", submit: "Save", fields };
}

/** Whom a topic calls, and how much of it a channel takes. */
export function deliveryForm(topic: Topic, subscription: Subscription, seen: number): Form {
  const { clearance, maxAnHour, mention, minOutlets, quiet } = subscription;
  return {
    id: `topics:edit:${topic.id}@${seen}`,
    title: "How it is posted",
    submit: "Save",
    fields: [
      {
        name: "mention",
        label: "Role to call",
        hint: "Called with each new post",
        required: false,
        kind: "mention",
        value: mention,
      },
      text("max", "Posts an hour", {
        hint: "The rest comes together; 0 for no limit",
        max: 2,
        value: `${maxAnHour ?? 0}`,
      }),
      text("outlets", "Outlets needed", { hint: "1 to 10", max: 2, value: String(minOutlets) }),
      {
        name: "clearance",
        label: "Members-only text",
        hint: null,
        required: true,
        kind: "select",
        value: clearance,
        choices: [
          { value: "public", label: "Never in this channel" },
          { value: "members", label: "May be posted here" },
        ],
      },
      text("quiet", "Quiet hours", {
        hint: "Such as 22:00-07:00, or none",
        max: 20,
        value: quiet === null ? "none" : `${quiet.from}-${quiet.to}`,
      }),
    ],
  };
}

function styleField(value: PostStyle): FormField {
  return {
    name: "style",
    label: "Style",
    hint: null,
    required: true,
    kind: "select",
    value,
    choices: [
      { value: "full", label: "Full: summary and facts" },
      { value: "compact", label: "Compact: summary" },
      { value: "headline", label: "Headline and link" },
    ],
  };
}

function text(
  name: string,
  label: string,
  {
    hint,
    max,
    lines = false,
    value = null,
  }: { hint: string | null; max: number; lines?: boolean; value?: string | null },
): FormField {
  return { kind: "text", name, label, hint, required: true, max, lines, value };
}
