import ipaddr from "ipaddr.js";
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

/**
 * IANA's special-purpose registries, as they stood in October 2025, block by block (iana.org, iana-ipv4-special-registry
 * and iana-ipv6-special-registry), and multicast, which has registries of its own. The list is written out, not taken
 * from the library that is tested.
 */
const SPECIAL = (
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.0/29 192.0.0.8/32 " +
  "192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 " +
  "192.88.99.2/32 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 " +
  "255.255.255.255/32 ::1/128 ::/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 " +
  "2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 " +
  "2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 ff00::/8"
).split(" ");

/** The first and the last address of a block. */
function endsOf(block: string): string[] {
  const [first] = ipaddr.parseCIDR(block);
  const last =
    first.kind() === "ipv4"
      ? ipaddr.IPv4.broadcastAddressFromCIDR(block)
      : ipaddr.IPv6.broadcastAddressFromCIDR(block);
  return [first.toString(), last.toString()];
}

test.for(SPECIAL)("no address of %s is public", (block) => {
  expect(endsOf(block).filter(isPublicAddress)).toEqual([]);
});

test.for([
  ["Azure", "168.63.129.16"],
  ["AWS, Google and others", "169.254.169.254"],
  ["AWS", "fd00:ec2::254"],
  ["Google", "fd20:ce::254"],
  ["Alibaba", "100.100.100.200"],
  ["Oracle", "192.0.0.192"],
] as const)("the inside of %s is not public: %s", ([, address]) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.for(["168.63.129.15", "168.63.129.17", "168.64.129.16"])(
  "a neighbour of an override is: %s",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

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
