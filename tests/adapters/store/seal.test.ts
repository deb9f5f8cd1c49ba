import { expect, test } from "vitest";
import { createSeal } from "#src/adapters/store/seal.ts";

const KEY = "the operator's key, of more than 32 characters";
const seal = createSeal(KEY);
const TEXT = '{"handle":"token-of-an-answer","text":"Grüße, 世界"}';

test("what was sealed opens with the same key, also after a restart", () => {
  const sealed = seal.close(TEXT, "call-1");
  expect(createSeal(KEY).open(sealed, "call-1")).toBe(TEXT);
  expect(seal.open(seal.close("", "call-1"), "call-1")).toBe("");
});

test("the same text is sealed differently each time", () => {
  const sealed = new Set(Array.from({ length: 200 }, () => seal.close(TEXT, "call-1")));
  expect(sealed.size).toBe(200);
  const nonces = new Set(
    [...sealed].map((one) => Buffer.from(one, "base64").subarray(1, 13).toString("hex")),
  );
  expect(nonces.size).toBe(200);
});

test("another key, and another row, open nothing", () => {
  const sealed = seal.close(TEXT, "call-1");
  expect(createSeal(`${KEY}.`).open(sealed, "call-1")).toBeNull();
  expect(seal.open(sealed, "call-2")).toBeNull();
});

test("each single bit that is changed, and each cut, is refused", () => {
  const bytes = Buffer.from(seal.close(TEXT, "call-1"), "base64");
  const opened: string[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const tampered = Buffer.from(bytes);
    tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (seal.open(tampered.toString("base64"), "call-1") !== null) opened.push(`bit ${bit}`);
  }
  for (let length = 0; length < bytes.length; length += 1)
    if (seal.open(bytes.subarray(0, length).toString("base64"), "call-1") !== null)
      opened.push(`length ${length}`);
  expect(opened).toEqual([]);
});

test("what stands in clear, or is no sealed text at all, is refused", () => {
  for (const text of ["", "{}", TEXT, "AQ==", "not base64 !!"]) expect(seal.open(text, "call-1")).toBeNull();
});

test("a secret is the same whenever it is asked for, and another for another subscription or key", () => {
  const secret = seal.secretOf("push-1");
  expect(createSeal(KEY).secretOf("push-1")).toBe(secret);
  // W3C WebSub section 5.1: less than 200 bytes.
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  const others = [seal.secretOf("push-2"), createSeal(`${KEY}.`).secretOf("push-1"), seal.mark];
  expect(new Set([secret, ...others]).size).toBe(4);
});

test("the mark tells keys apart", () => {
  expect(createSeal(KEY).mark).toBe(seal.mark);
  expect(createSeal(`${KEY}.`).mark).not.toBe(seal.mark);
});

test("what was sealed and told before an upgrade holds after it", () => {
  expect(seal.open("AaM1m2B51lumulL4OfOX/FrI5wjLd5DLh7BWEOnyMTjVRECA5V9ecXj0S7DKAxM=", "call-1")).toBe(
    "token-of-an-answer",
  );
  expect(seal.secretOf("push-1")).toBe("5a8e35e727ece2e4b5c42a5b1f3e4145109f07a6e90a71c6f5bb87c7973e975b");
  expect(seal.mark).toBe("8c7767810cf080608b0dc0ff56c0a442");
});
