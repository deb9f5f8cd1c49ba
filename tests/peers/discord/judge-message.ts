import { judgeComponents, urlScheme } from "./judge-components.ts";
import type { Problem } from "./judge-spec.ts";
import { FLAG, type AllowedMentions, type Embed, type MessageBody } from "./model.ts";

/** How a message body is used: a channel message, an answer to an interaction, or a change of either. */
export type MessageUse = "create" | "respond" | "edit";
/** What the message shows before an edit. */
export type Before = {
  content: string;
  embeds: Embed[];
  components: MessageBody["components"];
  flags: number;
  attachments: readonly { readonly id: string }[];
};

/** Discord's published schema says 4000, which only paying people may write; a bot gets 2000. */
const MAX_CONTENT = 2000;
const MAX_EMBED_TEXT = 6000;
const EMPTY_MESSAGE = "EMPTY_MESSAGE";

const FLAGS_ALLOWED: Record<MessageUse, number> = {
  create: FLAG.suppressEmbeds | FLAG.suppressNotifications | FLAG.componentsV2,
  respond: FLAG.suppressEmbeds | FLAG.suppressNotifications | FLAG.componentsV2 | FLAG.ephemeral,
  edit: FLAG.suppressEmbeds | FLAG.componentsV2,
};

/** Rules of Discord's documents that its schemas do not hold; `before` is what an edited message shows now. */
export function judgeMessage(body: MessageBody, use: MessageUse, before?: Before): Problem[] {
  const flags = (body.flags ?? 0) | ((before?.flags ?? 0) & FLAG.componentsV2);
  const isV2 = (flags & FLAG.componentsV2) !== 0;
  const after = {
    content: body.content === undefined ? (before?.content ?? "") : (body.content ?? ""),
    embeds: body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []),
    components: body.components === undefined ? (before?.components ?? []) : (body.components ?? []),
    attachments: body.attachments === undefined ? (before?.attachments ?? []) : (body.attachments ?? []),
  };
  return [
    ...judgeContent(body),
    ...judgeEmbeds(after.embeds),
    ...judgeFlags(body.flags ?? 0, use),
    ...(isV2 ? judgeExclusivity({ ...body, content: after.content, embeds: after.embeds }) : []),
    ...judgeComponents(after.components, isV2),
    ...judgeMentions(body.allowed_mentions ?? {}),
    ...(isEmpty(body, after, isV2) ? [problem([], EMPTY_MESSAGE, "Cannot send an empty message")] : []),
  ];
}

export function isEmptyMessage(found: Problem): boolean {
  return found.code === EMPTY_MESSAGE;
}

function judgeContent(body: MessageBody): Problem[] {
  const problems: Problem[] = [];
  if ((body.content ?? "").length > MAX_CONTENT) {
    problems.push(problem(["content"], "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."));
  }
  if (body.enforce_nonce && (body.nonce === undefined || body.nonce === null || body.nonce === "")) {
    problems.push(problem(["nonce"], "BASE_TYPE_REQUIRED", "enforce_nonce needs a nonce"));
  }
  return problems;
}

function judgeEmbeds(embeds: readonly Embed[]): Problem[] {
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  const problems = embeds.flatMap((embed, index) => judgeEmbed(embed, ["embeds", index]));
  if (total > MAX_EMBED_TEXT) {
    problems.push(
      problem(["embeds"], "MAX_EMBED_SIZE_EXCEEDED", `Embed size of ${total} exceeds maximum size of 6000`),
    );
  }
  return problems;
}

function judgeEmbed(embed: Embed, path: readonly PropertyKey[]): Problem[] {
  const problems: Problem[] = [];
  const shows = [
    embed.title,
    embed.description,
    embed.author,
    embed.footer,
    embed.image,
    embed.thumbnail,
    embed.fields?.length,
  ];
  if (!shows.some(Boolean)) problems.push(required([...path, "description"]));
  if (embed.author && !embed.author.name?.trim()) problems.push(required([...path, "author", "name"]));
  if (embed.footer && !embed.footer.text?.trim()) problems.push(required([...path, "footer", "text"]));
  for (const [index, field] of (embed.fields ?? []).entries()) {
    if (!field.name.trim()) problems.push(required([...path, "fields", index, "name"]));
    if (!field.value.trim()) problems.push(required([...path, "fields", index, "value"]));
  }
  const links = { url: embed.url, author: embed.author?.url };
  const media = {
    image: embed.image?.url,
    thumbnail: embed.thumbnail?.url,
    author: embed.author?.icon_url,
    footer: embed.footer?.icon_url,
  };
  for (const [key, url] of Object.entries(links)) {
    if (url && !["http:", "https:"].includes(urlScheme(url) ?? ""))
      problems.push(badScheme([...path, key], url));
  }
  for (const [key, url] of Object.entries(media)) {
    if (url && !["http:", "https:", "attachment:"].includes(urlScheme(url) ?? ""))
      problems.push(badScheme([...path, key], url));
  }
  return problems;
}

function embedLength(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text, ...fields];
  return texts.reduce((sum, text) => sum + (text ?? "").trim().length, 0);
}

function judgeFlags(flags: number, use: MessageUse): Problem[] {
  const foreign = flags & ~FLAGS_ALLOWED[use];
  return foreign === 0
    ? []
    : [problem(["flags"], "MESSAGE_FLAGS_INVALID", `Flags ${foreign} cannot be set here.`)];
}

function judgeExclusivity(body: MessageBody): Problem[] {
  const legacy = {
    content: body.content,
    embeds: body.embeds?.length,
    poll: body.poll,
    sticker_ids: body.sticker_ids?.length,
  };
  return Object.entries(legacy).flatMap(([key, value]) =>
    value
      ? [
          problem(
            [key],
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            `The "${key}" field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
          ),
        ]
      : [],
  );
}

function judgeMentions(mentions: AllowedMentions): Problem[] {
  const problems: Problem[] = [];
  for (const kind of ["users", "roles"] as const) {
    const ids = mentions[kind] ?? [];
    if (ids.length > 0 && mentions.parse?.includes(kind)) {
      problems.push(
        problem(
          ["allowed_mentions"],
          "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        ),
      );
    }
    if (new Set(ids).size < ids.length) {
      problems.push(
        problem(
          ["allowed_mentions", kind],
          "SET_TYPE_ALREADY_CONTAINS_VALUE",
          "The set already contains this value",
        ),
      );
    }
  }
  return problems;
}

function isEmpty(
  body: MessageBody,
  after: { content: string } & Record<"embeds" | "components" | "attachments", readonly unknown[]>,
  isV2: boolean,
): boolean {
  if (after.content.trim() !== "" || after.embeds.length > 0 || after.attachments.length > 0) return false;
  // Rows of buttons alone do not make a legacy message.
  if (isV2 && after.components.length > 0) return false;
  return !body.poll && !body.sticker_ids?.length;
}

function required(path: readonly PropertyKey[]): Problem {
  return problem(path, "BASE_TYPE_REQUIRED", "This field is required");
}

function badScheme(path: readonly PropertyKey[], url: string): Problem {
  return problem(path, "URL_TYPE_INVALID_SCHEME", `Scheme of "${url}" is not supported.`);
}

function problem(path: readonly PropertyKey[], code: string, message: string): Problem {
  return { path, code, message };
}
