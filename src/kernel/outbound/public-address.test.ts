import assert from "node:assert/strict"
import { test } from "node:test"
import { isPublicAddress } from "./public-address.ts"

test("hosts of the internet are public, by IPv4 and IPv6, mapped and translated", () => {
  const all = ["8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255"]
  const six = ["2606:4700::1111", "2a00:1450:4001::8", "::ffff:8.8.8.8", "::ffff:808:808", "64:ff9b::808:808"]
  assert.deepEqual(
    [...all, ...six].filter((ip) => !isPublicAddress(ip)),
    [],
  )
})

test("this machine, private networks, what is shared by a carrier, and what is no host are not", () => {
  const all = `0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.8.9.1 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255`
  const six = `:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 0:0:0:0:0:ffff:a9fe:a9fe 64:ff9b::7f00:1
    64:ff9b:1::808:808 100::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001::1 2001:db8::1
    2002:7f00:1:: 2002:808:808:: 3fff::1 4000::1`
  assert.deepEqual([all, six].join(" ").split(/\s+/).filter(isPublicAddress), [])
  assert.deepEqual(["", "localhost", "1.2.3", "8.8.8.8.8"].filter(isPublicAddress), [])
})
