import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** RFC 4291 global unicast: the only IPv6 block ever handed out; the rest holds embedded and local forms. */
const IPV6_GLOBAL = ipaddr.parseCIDR("2000::/3");

/**
 * Whether an address literal is one that anybody on the internet reaches. Loopback, private, link-local, shared,
 * reserved and all forms that embed an IPv4 address (mapped, NAT64, 6to4, Teredo) are not.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also takes short and octal forms, which a socket would not dial as they were checked.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  // ipaddr.js calls the old IPv4-compatible form `::7f00:1` unicast, so the block is checked as well.
  return parsed.kind() === "ipv4" || parsed.match(IPV6_GLOBAL);
}
