import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** RFC 4291 global unicast: the only IPv6 block ever handed out; the rest holds embedded and local forms. */
const IPV6_GLOBAL = ipaddr.parseCIDR("2000::/3");

/**
 * IANA's special blocks are ipaddr.js's ranges. These are no special blocks, and yet inside of somebody's network; what
 * lies in a special block anyway (169.254.169.254, 100.100.100.200, fd00:ec2::254) needs no row.
 */
const INSIDE = [
  // Azure's platform address on every virtual machine: the agent's channel, DNS, DHCP, health probes.
  "168.63.129.16/32",
].map((range) => ipaddr.parseCIDR(range));

/**
 * Whether an address literal is one that anybody on the internet reaches. Loopback, private, link-local, shared,
 * reserved and all forms that embed an IPv4 address (mapped, NAT64, 6to4, Teredo) are not.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also takes short and octal forms, which a socket would not dial as they were checked.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (INSIDE.some((range) => range[0].kind() === parsed.kind() && parsed.match(range))) return false;
  // ipaddr.js calls the old IPv4-compatible form `::7f00:1` unicast, so the block is checked as well.
  return parsed.kind() === "ipv4" || parsed.match(IPV6_GLOBAL);
}
