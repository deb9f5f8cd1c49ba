import { expect, test } from "vitest";
import { decodeText } from "#src/adapters/web/charset.ts";

const GERMAN = "Über die Brücke führen künftig zwei Gleise; die Züge fahren ab März öfter.";
const CZECH = "Přes řeku vedou dvě koleje a vlaky budou jezdit častěji než dříve.";
const RUSSIAN = "Через реку теперь проходят два пути, и поезда будут ходить чаще, чем раньше.";
const JAPANESE = "橋の上を二本の線路が走り、列車はこれまでより多く運行されます。図書館も夜まで開きます。";
const CHINESE = "桥上现在有两条轨道，列车将比以前更频繁地运行。图书馆也会开放到晚上十点。";

/** Bytes of a text in a one- or two-byte encoding, by turning its decoder around. */
function encoded(text: string, charset: string): Uint8Array {
  const decoder = new TextDecoder(charset);
  const table = new Map<string, number[]>();
  for (let first = 0; first < 256; first += 1) table.set(decoder.decode(Uint8Array.of(first)), [first]);
  if (/^(?:koi8|iso|win)/.test(charset)) return bytesOf(text, table);
  for (let first = 0x81; first < 255; first += 1) {
    for (let second = 0x40; second < 255; second += 1) {
      const character = decoder.decode(Uint8Array.of(first, second));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, [first, second]);
    }
  }
  return bytesOf(text, table);
}

function bytesOf(text: string, table: ReadonlyMap<string, number[]>): Uint8Array {
  return Uint8Array.from(Array.from(text, (character) => table.get(character) ?? [63]).flat());
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

const ROWS = [
  ["windows-1252", GERMAN],
  ["iso-8859-2", CZECH],
  ["koi8-r", RUSSIAN],
  ["windows-1251", RUSSIAN],
  ["shift_jis", JAPANESE],
  ["euc-jp", JAPANESE],
  ["gb18030", CHINESE],
] as const;

test.for(ROWS)("%s named in the page is read", ([charset, text]) => {
  const page = join(
    Buffer.from(`<meta charset="${charset}"><p>`),
    encoded(text, charset),
    Buffer.from("</p>"),
  );
  expect(decodeText(page, "text/html").text).toContain(text);
});

test.for(ROWS)("%s named in the header is read", ([charset, text]) => {
  expect(decodeText(encoded(text, charset), `text/html; charset=${charset}`).text).toBe(text);
});

test.for(ROWS.filter(([charset]) => charset !== "iso-8859-2"))(
  "%s that nobody names is recognised",
  ([charset, text]) => {
    const long = `${text} `.repeat(8).trim();
    expect(decodeText(encoded(long, charset), null).text).toBe(long);
  },
);

test.for(["utf-16le", "utf-16be"])("%s is read by its mark", (charset) => {
  const little = Buffer.from(`\uFEFF${RUSSIAN}`, "utf16le");
  expect(decodeText(charset === "utf-16le" ? little : little.swap16(), null)).toEqual({
    text: RUSSIAN,
    charset,
  });
});

test("UTF-8 is read for what it is, whatever the page or the header call it", () => {
  const page = Buffer.from(`<meta charset="gb2312"><p>${CHINESE}</p>`);
  expect(decodeText(page, null).text).toContain(CHINESE);
  expect(decodeText(Buffer.from(GERMAN), "text/html; charset=iso-8859-1").text).toBe(GERMAN);
});

test("a page that calls itself UTF-8 and is not is read for what it is", () => {
  const bytes = encoded(`${RUSSIAN} `.repeat(8), "windows-1251");
  expect(decodeText(bytes, "text/html; charset=utf-8").text).toContain(RUSSIAN);
});

test("a charset nobody knows is no reason to fail", () => {
  expect(decodeText(Buffer.from(GERMAN), "text/html; charset=martian-7").text).toBe(GERMAN);
  expect(decodeText(new Uint8Array(), null).text).toBe("");
});
