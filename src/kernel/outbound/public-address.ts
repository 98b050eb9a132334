// Which addresses are out in the internet. Whatever leads to this machine, to its network or to nobody is not.
import { BlockList, isIP } from "node:net"

const blocked = new BlockList()
const ranges4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const
// Of IPv6 only 2000::/3 is given out; within it these are not hosts, or lead to an IPv4 address of anybody's choice.
const ranges6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const
for (const [net, bits] of ranges4) blocked.addSubnet(net, bits, "ipv4")
for (const [net, bits] of ranges6) blocked.addSubnet(net, bits, "ipv6")
const given = new BlockList()
given.addSubnet("2000::", 3, "ipv6")

/** Is the IP address (as a resolver or `URL` writes it, without brackets) a host of the public internet? */
export function isPublicAddress(ip: string): boolean {
  const family = isIP(ip)
  if (family === 4) return !blocked.check(ip, "ipv4")
  if (family !== 6) return false
  const within = ipv4Within(ip)
  if (within !== null) return isPublicAddress(within)
  return given.check(ip, "ipv6") && !blocked.check(ip, "ipv6")
}

// Mapped (::ffff:a.b.c.d) and translated (64:ff9b::a.b.c.d) addresses are as public as the IPv4 address in them.
function ipv4Within(ip: string): string | null {
  const written = URL.parse(`http://[${ip.split("%")[0]}]/`)?.hostname.slice(1, -1) ?? ""
  const [, high, low] = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written) ?? []
  if (high === undefined || low === undefined) return null
  return [high, low].flatMap((part) => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]).join(".")
}
