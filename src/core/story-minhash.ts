import { type Token, isUnspaced } from "./normalise.ts";

/** Hashes per text; with 128 the estimate of the shared share is off by 0.09 at two standard deviations. */
export const HASHES = 128;
/** Words per shingle; scripts without spaces are read by character and need longer ones. */
const SHINGLE = 3;
const SHINGLE_UNSPACED = 6;
/** Words that are hashed at most: what comes after is no news article any more. */
const MAX_TOKENS = 4_000;
const BYTES = HASHES * 2;
/** Hashes per band: two texts that share 60 % of their shingles meet in one of 42 bands with probability 0.9999. */
const BAND = 3;

/** The least of each of 128 hash functions over the text's shingles, 16 bits each, little-endian, and how many shingles there are. */
export function minHash(
  tokens: readonly Token[],
  language: string,
): { hashes: Uint16Array; shingles: number } {
  const size = isUnspaced(language) ? SHINGLE_UNSPACED : SHINGLE;
  const keys = tokens.slice(0, MAX_TOKENS).map(({ key }) => key);
  const shingles = new Set<number>();
  for (let i = 0; i + size <= keys.length; i++) shingles.add(hashText(keys.slice(i, i + size).join(" ")));
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let i = 0; i < HASHES; i++) {
      const hash = mix(shingle ^ (SEEDS[i] ?? 0));
      if (hash < (least[i] ?? 0)) least[i] = hash;
    }
  }
  // The least values all begin with zeros, so their bits are mixed again before 16 of them are kept.
  return { hashes: Uint16Array.from(least, (hash) => mix(hash) & 0xffff), shingles: shingles.size };
}

export function packHashes(hashes: Uint16Array): string {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, hash] of hashes.entries()) view.setUint16(i * 2, hash, true);
  return Buffer.from(bytes).toString("base64");
}

export function unpackHashes(packed: string): Uint16Array {
  const bytes = Buffer.from(packed, "base64");
  return Uint16Array.from({ length: HASHES }, (_, i) =>
    bytes.length === BYTES ? bytes.readUInt16LE(i * 2) : i,
  );
}

/** Estimate of the share of shingles that two texts have in common, from 0 to 1. */
export function sharedShare(left: Uint16Array, right: Uint16Array): number {
  let same = 0;
  for (let i = 0; i < HASHES; i++) if (left[i] === right[i]) same += 1;
  return same / HASHES;
}

/** Keys under which texts that share much of their shingles meet. */
export function bandsOf(hashes: Uint16Array): string[] {
  const bands: string[] = [];
  for (let i = 0; i + BAND <= HASHES; i += BAND) bands.push(`${i}:${hashes.slice(i, i + BAND).join(".")}`);
  return bands;
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Fixed, because sketches of different processes and releases are compared with each other. */
const SEEDS = Uint32Array.from({ length: HASHES }, (_, i) => mix(Math.imul(i + 1, 0x9e3779b1)));
