/** A piece of a query, with where it begins. */
export type Piece = { at: number } & (
  | { kind: "open" | "close" | "minus" | "star" }
  | { kind: "or" | "and" | "not"; raw: string }
  | { kind: "field"; field: Field }
  | { kind: "word"; text: string }
  | { kind: "exact"; text: string }
);

interface Lexed {
  pieces: Piece[];
  notes: string[];
}

export type Field = "title" | "text" | "site" | "lang";

const FIELDS: Readonly<Record<string, Field>> = {
  title: "title",
  intitle: "title",
  headline: "title",
  text: "text",
  intext: "text",
  site: "site",
  domain: "site",
  lang: "lang",
  language: "lang",
};
const OPERATORS: Readonly<Record<string, "or" | "and" | "not">> = {
  OR: "or",
  ODER: "or",
  OU: "or",
  "|": "or",
  or: "or",
  AND: "and",
  UND: "and",
  "&": "and",
  and: "and",
  NOT: "not",
  NICHT: "not",
  not: "not",
};

/** Signs that stand in a regular expression and hardly in anything else. */
const REGEX_SIGNS = /\.[*+]|\\[bBdDsSwW.]|\[[^\]]*\][*+?{]|\(\?[:=!<]|^\^\S|\S\$$|^\/.+\/[a-z]*$/;
const DASHES = /[-–—−]/;

/** Whether a word would be read as OR, AND or NOT. */
export function isOperator(word: string): boolean {
  return Object.hasOwn(OPERATORS, word);
}

/** Cuts a query into pieces. Takes any text: what is no sign of the grammar is a word. */
export function lexTopicQuery(text: string): Lexed {
  const lexed: Lexed = { pieces: [], notes: [] };
  if (/^\s*\/.+\/[a-z]*\s*$/.test(text)) {
    addRegex(lexed, { at: 0, raw: text.trim() });
    return lexed;
  }
  let at = 0;
  while (at < text.length) at = readPiece(text, at, lexed);
  return { pieces: lexed.pieces.map(withoutLooseOperator), notes: lexed.notes };
}

/** An `or`, `and` or `not` in small letters with nothing to join is the word itself. */
function withoutLooseOperator(piece: Piece, i: number, pieces: readonly Piece[]): Piece {
  if (piece.kind !== "or" && piece.kind !== "and" && piece.kind !== "not") return piece;
  if (!/^[a-z]+$/.test(piece.raw)) return piece;
  const joins = (piece.kind === "not" || endsPart(pieces[i - 1])) && beginsPart(pieces[i + 1]);
  return joins ? piece : { kind: "exact", at: piece.at, text: piece.raw };
}

function endsPart(piece: Piece | undefined): boolean {
  return piece !== undefined && ["word", "exact", "star", "close"].includes(piece.kind);
}

function beginsPart(piece: Piece | undefined): boolean {
  return (
    piece !== undefined && ["word", "exact", "star", "open", "minus", "not", "field"].includes(piece.kind)
  );
}

/** Reads what begins at `at` and returns where it ends. */
function readPiece(text: string, at: number, lexed: Lexed): number {
  const sign = text.charAt(at);
  if (/\s/.test(sign)) return at + 1;
  if (sign === '"') return readQuoted(text, at, lexed);
  if (sign === "(" || sign === ")") {
    lexed.pieces.push({ kind: sign === "(" ? "open" : "close", at });
    return at + 1;
  }
  const run = /^[^\s"]+/.exec(text.slice(at))?.[0] ?? sign;
  const bare = run.replace(/^[-(=]+/, "").replace(/\)+$/, "");
  if (REGEX_SIGNS.test(bare)) {
    const before = run.slice(0, run.indexOf(bare));
    if (before === "") return addRegex(lexed, { at, raw: bare });
  }
  if (/[,;]/.test(sign)) return addComma(lexed, at);
  const dashes = /^[-–—−]+(?=[^\s\-–—−),;])/.exec(text.slice(at))?.[0].length ?? 0;
  if (dashes > 0) {
    lexed.pieces.push({ kind: "minus", at });
    return at + dashes;
  }
  if (sign === "=" || sign === "+") return at + 1 + readExact(text, at, lexed);
  return readRun(text, at, lexed);
}

function readQuoted(text: string, at: number, lexed: Lexed): number {
  const end = text.indexOf('"', at + 1);
  const inside = text.slice(at + 1, end === -1 ? undefined : end);
  if (end === -1)
    lexed.notes.push("The quotation mark is never closed; I read it as if it closed at the end.");
  if (inside.trim() !== "") lexed.pieces.push({ kind: "exact", at, text: inside.trim() });
  else lexed.notes.push("There is nothing between the quotation marks; I left them out.");
  return end === -1 ? text.length : end + 1;
}

/** `=word` is exact; a leading `+` says what every word says anyway. Returns how much was read behind the sign. */
function readExact(text: string, at: number, lexed: Lexed): number {
  if (text.charAt(at) !== "=") return 0;
  const word = /^[^\s"(),;|]+/.exec(text.slice(at + 1))?.[0] ?? "";
  if (word !== "") lexed.pieces.push({ kind: "exact", at, text: word });
  return word.length;
}

/** Signs before a word that mean nothing here. */
const LEADING_SIGNS = /^(?:[^\p{L}\p{N}\s"()|&,;.*\-–—−=+]|\.(?!\p{Lu})|\*(?=\S)|[-–—−])+(?=[.\p{L}\p{N}])/u;

function readRun(text: string, at: number, lexed: Lexed): number {
  const skipped = LEADING_SIGNS.exec(text.slice(at))?.[0].length ?? 0;
  if (skipped > 0) return at + skipped;
  const field = /^([a-z]+):\s*/i.exec(text.slice(at));
  const name = field?.[1]?.toLowerCase() ?? "";
  if (field !== null && Object.hasOwn(FIELDS, name)) {
    const kind = FIELDS[name];
    if (kind !== undefined) lexed.pieces.push({ kind: "field", at, field: kind });
    return at + field[0].length;
  }
  if (field !== null && !/^https?$/.test(name))
    lexed.notes.push(
      `I do not know “${name}:” and read it as words; there are title:, text:, site: and lang:.`,
    );
  const url = /^https?:\/\/[^\s"(),;]+/i.exec(text.slice(at))?.[0];
  if (url !== undefined) {
    lexed.pieces.push({ kind: "field", at, field: "site" }, { kind: "word", at, text: url });
    lexed.notes.push(`I read the address ${url} as the site it belongs to.`);
    return at + url.length;
  }
  const run = /^\|+|^&+|^(?:[^\s"()|,;]|[,;](?=\d))+/.exec(text.slice(at))?.[0] ?? text.charAt(at);
  addRun(lexed, at, run);
  return at + run.length;
}

function addRun(lexed: Lexed, at: number, run: string): void {
  const sign = /^[&|]/.test(run) ? run.charAt(0) : run;
  const operator = Object.hasOwn(OPERATORS, sign) ? OPERATORS[sign] : undefined;
  if (operator !== undefined) lexed.pieces.push({ kind: operator, at, raw: run });
  else if (run === "*") lexed.pieces.push({ kind: "star", at });
  else if (/[\p{L}\p{N}]/u.test(run)) lexed.pieces.push({ kind: "word", at, text: run });
  else if (!DASHES.test(run)) lexed.notes.push(`“${run}” holds no word to look for; I left it out.`);
}

function addComma(lexed: Lexed, at: number): number {
  const last = lexed.pieces.at(-1);
  if (last !== undefined && last.kind !== "or") lexed.pieces.push({ kind: "or", at, raw: "," });
  return at + 1;
}

function addRegex(lexed: Lexed, { at, raw }: { at: number; raw: string }): number {
  const plain = raw.replace(/^\/|\/[a-z]*$/g, "").replace(/\\[bBdDsSwW]/g, " ");
  const words = plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.length > 0) lexed.pieces.push({ kind: "exact", at, text: words.join(" ") });
  lexed.notes.push(
    words.length > 0
      ? `“${raw}” looks like a regular expression, which topics do not use; I look for “${words.join(" ")}” as it stands. Words, OR, quotes and a star at the end of a word do most of what one does.`
      : `“${raw}” looks like a regular expression, which topics do not use; I left it out.`,
  );
  return at + raw.length;
}
