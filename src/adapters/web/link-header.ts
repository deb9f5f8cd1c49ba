/** One value of a `Link` header: `<address>; name=value; …`. Both parts end at the first sign that can not be theirs. */
const LINK_VALUE =
  /<([^<>]{1,4096})>((?:\s*;\s*[\w*-]{1,64}\s*=\s*(?:"[^"<>]{0,4096}"|[^\s;,"<>]{0,4096}))*)/g;
const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/i;

/** The address that a `Link` header gives for a relation (RFC 8288), resolved; null when it gives none. */
export function relatedIn(
  header: string | null | undefined,
  relation: "hub" | "self",
  base: string | null,
): string | null {
  for (const [, address = "", parameters = ""] of (header ?? "").matchAll(LINK_VALUE)) {
    const rel = REL.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? "").toLowerCase().split(/\s+/);
    if (relations.includes(relation)) return URL.parse(address.trim(), base ?? undefined)?.href ?? null;
  }
  return null;
}
