export interface KnownFact {
  text: string;
  quotes: string[];
  outlet: string;
}
export function storyNews(_: { known: KnownFact[]; arriving: KnownFact[] }): {
  additions: number[];
  conflicts: { about: string; mine: string; theirs: string }[];
} {
  return { additions: [], conflicts: [] };
}
