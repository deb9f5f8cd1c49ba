import { expect, test } from "vitest";
import { isPublicAddress } from "#src/adapters/web/address.ts";
import { checkedLookup } from "#src/adapters/web/fetch-connect.ts";

test.for(
  (
    "127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.8 192.0.2.1 " +
    "198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 " +
    "::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2001::1 2001:db8::1 fc00::1 fd12:3456::1 fe80::1 " +
    "fe80::1%eth0 fec0::1 ff02::1 100::1 4000::1 3fff::1 5f00::1 localhost 1.2.3 0177.0.0.1 256.1.1.1"
  ).split(" "),
)("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.for(["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:80e::200e"])(
  "%s is public",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test("of a mixed answer only the public addresses reach the socket", async () => {
  const answers = ["127.0.0.1", "1.1.1.1", "::1", "2606:4700::1111", "::ffff:10.0.0.1", "0177.1"];
  expect(await lookUp(() => Promise.resolve(answers))).toEqual([
    { address: "1.1.1.1", family: 4 },
    { address: "2606:4700::1111", family: 6 },
  ]);
});

test("one connection asks the resolver once, so that a second answer can not slip in", async () => {
  let asked = 0;
  const resolve = (): Promise<string[]> => {
    asked += 1;
    return Promise.resolve(asked === 1 ? ["1.1.1.1"] : ["127.0.0.1"]);
  };
  expect(await lookUp(resolve)).toEqual([{ address: "1.1.1.1", family: 4 }]);
  expect(asked).toBe(1);
  await expect(lookUp(resolve)).rejects.toMatchObject({ code: "fetch/not-public" });
});

function lookUp(resolve: () => Promise<string[]>): Promise<unknown> {
  return new Promise((done, fail) => {
    checkedLookup(resolve, isPublicAddress)("news.example", { all: true }, (error, addresses) => {
      if (error) fail(error);
      else done(addresses);
    });
  });
}
