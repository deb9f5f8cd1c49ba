import { splitSentences } from "./sentences.ts";

/** A stretch of an article that a model reads in one go. */
export interface Section {
  /** From 1. */
  number: number;
  /** The number its first sentence has in the whole article, from 1. */
  firstSentence: number;
  /** Sentences by paragraph, each on one line. */
  paragraphs: string[][];
}

export interface Sections {
  sections: Section[];
  /** Sentences in all sections. */
  sentences: number;
  /** True when the text is longer than all sections together and its end is in none of them. */
  leftOut: boolean;
}

export interface SectionBounds {
  /** Language of the article, BCP-47. */
  language: string;
  /** Most characters of one section, in UTF-16 units; a single longer sentence stays whole. */
  sectionChars: number;
  mostSections: number;
}

/**
 * Cuts an article into sections of about the same length, at the ends of paragraphs, or of sentences where a paragraph
 * is longer than a section. Sentences are numbered through.
 */
export function splitSections(paragraphs: readonly string[], bounds: SectionBounds): Sections {
  const whole = paragraphs
    .map((paragraph) => sentencesOf(paragraph, bounds.language))
    .filter((sentences) => sentences.length > 0);
  const total = whole.reduce((sum, sentences) => sum + lengthOf(sentences), 0);
  const count = Math.max(1, Math.ceil(total / bounds.sectionChars));
  // Equal shares: a last section of two lines would cost a call of its own.
  const share = Math.min(bounds.sectionChars, Math.ceil(total / count));
  const groups = grouped(
    whole.flatMap((sentences) => pieces(sentences, share)),
    { share, most: bounds.sectionChars },
  );
  const sections = numbered(groups.slice(0, bounds.mostSections));
  const sentences = sections.flatMap((section) => section.paragraphs.flat()).length;
  return { sections, sentences, leftOut: groups.length > sections.length };
}

function sentencesOf(paragraph: string, language: string): string[] {
  return splitSentences(paragraph, language)
    .map(({ start, end }) => paragraph.slice(start, end).replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "");
}

/** A paragraph, in pieces of at most the share where it is longer. */
function pieces(sentences: readonly string[], share: number): string[][] {
  const found: string[][] = [];
  let piece: string[] = [];
  for (const sentence of sentences) {
    if (piece.length > 0 && lengthOf(piece) + sentence.length > share) {
      found.push(piece);
      piece = [];
    }
    piece.push(sentence);
  }
  return [...found, piece];
}

/** A section is closed by the paragraph that brings it nearest to its share, and never grows past the most. */
function grouped(
  paragraphs: readonly string[][],
  { share, most }: { share: number; most: number },
): string[][][] {
  const groups: string[][][] = [];
  let group: string[][] = [];
  let size = 0;
  for (const paragraph of paragraphs) {
    const length = lengthOf(paragraph);
    if (group.length > 0 && (size + length > most || size + length / 2 > share)) {
      groups.push(group);
      group = [];
      size = 0;
    }
    group.push(paragraph);
    size += length;
  }
  return group.length === 0 ? groups : [...groups, group];
}

function numbered(groups: readonly string[][][]): Section[] {
  let next = 1;
  return groups.map((paragraphs, index) => {
    const firstSentence = next;
    next += paragraphs.flat().length;
    return { number: index + 1, firstSentence, paragraphs };
  });
}

function lengthOf(sentences: readonly string[]): number {
  return sentences.reduce((sum, sentence) => sum + sentence.length, 0);
}
