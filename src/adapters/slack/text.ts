/** The three characters that act in Slack's markup ("Formatting text for app surfaces", escaping). */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const ANGLED_LINK = /<(https?:[^|>\s]+)(?:\|[^>]*)?>/g;

/** What a person wrote, from the markup Slack makes of it: links bare, entities as characters. */
export function readMarkup(text: string): string {
  return text
    .replaceAll(ANGLED_LINK, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
