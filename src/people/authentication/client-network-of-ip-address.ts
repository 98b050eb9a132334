import { isIPv6 } from "node:net"

/** What counts as one client: an IPv4 address, or the /64 that a subscriber of IPv6 may move in as they like. */
export function clientAddress(ip: string): string {
  const bare = ip.replace(/%.*$/, "").toLowerCase()
  if (!isIPv6(bare)) return bare
  const groups = expanded(new URL(`http://[${bare}]`).hostname.slice(1, -1))
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join(".")
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`
}

// The URL parser has written it canonically: hexadecimal groups and at most one "::".
function expanded(canonical: string): number[] {
  const [head = [], tail = []] = canonical.split("::").map((part) => (part ? part.split(":") : []))
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0")
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16))
}
