import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Where in a folder a secret stands, as `file: name of the secret (form)`; what a file is for may be left out. */
export async function findSecrets(
  folder: string,
  secrets: Readonly<Record<string, string>>,
  { except = [] }: { except?: readonly string[] } = {},
): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !except.includes(entry.name));
  const found = await Promise.all(
    files.map(async ({ name, parentPath }) => {
      const bytes = await readFile(path.join(parentPath, name));
      return Object.entries(secrets).flatMap(([secret, value]) =>
        formsOf(value)
          .filter(([, form]) => bytes.includes(form))
          .map(([form]) => `${name}: ${secret} (${form})`),
      );
    }),
  );
  return found.flat().toSorted();
}

/** How a secret may be written down. */
export function formsOf(value: string): [name: string, bytes: Buffer][] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString("hex");
  return [
    ["plain", bytes],
    ["utf-16", Buffer.from(value, "utf16le")],
    ["hex", Buffer.from(hex)],
    ["hex, capitals", Buffer.from(hex.toUpperCase())],
    ["of hex", Buffer.from(value, "hex")],
    ["reversed", Buffer.from(bytes).reverse()],
    ...[0, 1, 2].flatMap((shift): [string, Buffer][] => [
      [`base64 +${shift}`, base64At(bytes, { shift, alphabet: "base64" })],
      [`base64url +${shift}`, base64At(bytes, { shift, alphabet: "base64url" })],
    ]),
  ].filter((form): form is [string, Buffer] => form[1].length >= 8);
}

/** What of the encoding does not depend on the bytes around it, where it begins that far into a group of three. */
function base64At(
  bytes: Buffer,
  { shift, alphabet }: { shift: number; alphabet: "base64" | "base64url" },
): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(alphabet);
  return Buffer.from(text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6)));
}
