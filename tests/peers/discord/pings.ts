import type { AllowedMentions, Component, MessageBody } from "./model.ts";

const MENTION = /@everyone|@here|<@!?\d+>|<@&\d+>/g;

/** The text in which Discord acts on mentions: content and text displays, never embeds. */
export function mentioningText(content: string, components: readonly Component[]): string {
  const texts = components.flatMap(function read(component): string[] {
    const inner = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])];
    return [component.content ?? "", ...inner.flatMap(read)];
  });
  return [content, ...texts].join("\n");
}

/**
 * Mentions Discord would act on, as written. Deliberately strict: whether the person exists, the bot may mention everyone,
 * or the text stands in a code block is not looked at, so that a test never passes by luck.
 */
export function pingsOf(text: string, body: MessageBody, repliedAuthor: string | undefined): string[] {
  const allowed = body.allowed_mentions ?? undefined;
  const pings = [...text.matchAll(MENTION)].map(([mention]) => mention.replace("<@!", "<@"));
  const acted = pings.filter((mention) => isAllowed(mention, allowed));
  // A reply notifies its author unless told otherwise (Discord reference, "Allowed Mentions Object").
  const notifiesAuthor =
    repliedAuthor !== undefined && (allowed === undefined || allowed.replied_user === true);
  return [...new Set([...acted, ...(notifiesAuthor ? [`<@${repliedAuthor}>`] : [])])];
}

function isAllowed(mention: string, allowed: AllowedMentions | undefined): boolean {
  if (allowed === undefined) return true;
  const id = /\d+/.exec(mention)?.[0];
  if (id === undefined) return allowed.parse?.includes("everyone") ?? false;
  const kind = mention.startsWith("<@&") ? "roles" : "users";
  return (allowed.parse?.includes(kind) ?? false) || (allowed[kind]?.includes(id) ?? false);
}
