import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** What the operator's key does for the store. */
export interface Seal {
  /** For what has to be read again. It opens for the same `about` alone, so that a row can not be moved to another. */
  close: (text: string, about: string) => string;
  /** Null where another key closed it, or where it was changed or moved since. */
  open: (sealed: string, about: string) => string | null;
  /** A secret that is made anew whenever it is needed, and so never stored. */
  secretOf: (about: string) => string;
  /** Tells this key from others, and nothing about it. */
  mark: string;
}

const CIPHER = "aes-256-gcm";
/** How it was sealed: stands in front, so that another way can follow. */
const VERSION = Buffer.of(1);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const MARK_BYTES = 16;

/** Each use has a key of its own, derived from the operator's: what one gives away tells nothing of the others. */
export function createSeal(key: string): Seal {
  const derived = (use: string, bytes = KEY_BYTES): Buffer =>
    Buffer.from(hkdfSync("sha256", key, "", `lede ${use}`, bytes));
  const box = derived("seal");
  const secrets = derived("secrets");
  return {
    close: (text, about) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, box, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(about));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([VERSION, nonce, cipher.getAuthTag(), sealed]).toString("base64");
    },
    open: (sealed, about) => opened(Buffer.from(sealed, "base64"), { box, about }),
    secretOf: (about) => createHmac("sha256", secrets).update(about).digest("hex"),
    mark: derived("mark", MARK_BYTES).toString("hex"),
  };
}

function opened(sealed: Buffer, { box, about }: { box: Buffer; about: string }): string | null {
  const [nonceAt, tagAt, textAt] = [1, 1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES];
  if (sealed.length < textAt || !sealed.subarray(0, nonceAt).equals(VERSION)) return null;
  const nonce = sealed.subarray(nonceAt, tagAt);
  const decipher = createDecipheriv(CIPHER, box, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(about)).setAuthTag(sealed.subarray(tagAt, textAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function boundTo(about: string): Buffer {
  return Buffer.concat([VERSION, Buffer.from(about)]);
}
