import assert from "node:assert/strict"
import { createHmac } from "node:crypto"
import { test } from "node:test"
import type { HookRequest } from "../systems/system-hook.ts"
import { senderOfHook } from "./authenticate-hook.ts"

const now = new Date("2026-11-22T09:00:00Z")
const body = Buffer.from('{"numero_ticket":1}')
const request = (headers: Record<string, string> = {}, more: Partial<HookRequest> = {}): HookRequest => ({
  body,
  headers,
  ip: "203.0.113.7",
  now,
  allowUnauthenticated: false,
  ...more,
})
const system = (secrets: Record<string, string>, allowIps?: string[], id = "sys_1") => ({
  id,
  settings: { ...(allowIps && { allowIps }) },
  secrets,
})
const bearer = "bearer-secret"
const hmacSecret = "hmac-secret"
const signature = (bytes: Buffer = body, secret = hmacSecret) => ({
  "x-gr-signature": `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`,
})
const token = (word: string) => ({ authorization: `Bearer ${word}` })
const isFrom = (asked: HookRequest, ...systems: ReturnType<typeof system>[]) => senderOfHook(asked, systems)?.id ?? null

const near = ["203.0.113.0/28", "2001:db8::/64"]

test("either secret proves a hook, over the bytes as they came", () => {
  const both = system({ bearer, hmacSecret })
  for (const headers of [token(bearer), { authorization: `bearer   ${bearer} ` }, signature()])
    assert.equal(isFrom(request(headers), both), "sys_1", JSON.stringify(headers))
  for (const headers of [
    {},
    token(""),
    token(`${bearer}x`),
    { authorization: bearer },
    { authorization: `Basic ${bearer}` },
    signature(Buffer.from('{"numero_ticket": 1}')),
    signature(body, "another"),
    { "x-gr-signature": "sha256=" },
    { "x-gr-signature": signature()["x-gr-signature"].slice(7) },
  ] as Record<string, string>[])
    assert.equal(isFrom(request(headers), both), null, JSON.stringify(headers))
  assert.equal(isFrom(request(signature(body, "")), system({ bearer })), null, "no secret signs nothing")
})

test("a time beside a signature is at most five minutes off", () => {
  const signed = system({ hmacSecret })
  const seconds = now.getTime() / 1_000
  for (const right of [seconds, seconds - 300, seconds + 300, now.getTime()])
    assert.equal(isFrom(request({ ...signature(), "x-gr-timestamp": String(right) }), signed), "sys_1", String(right))
  for (const wrong of [seconds - 301, seconds + 301, "", "soon", now.toISOString()])
    assert.equal(isFrom(request({ ...signature(), "x-gr-timestamp": String(wrong) }), signed), null, String(wrong))
})

test("addresses restrict a secret further, and prove a hook where there is none", () => {
  const asked = (ip: string, headers = {}) => request(headers, { ip })
  for (const ip of ["203.0.113.7", "::ffff:203.0.113.7", "2001:db8::5"])
    assert.equal(isFrom(asked(ip), system({}, near)), "sys_1", ip)
  for (const ip of ["203.0.113.16", "2001:db8:0:1::5", "", "localhost"])
    assert.equal(isFrom(asked(ip), system({}, near)), null, ip)
  assert.equal(isFrom(asked("203.0.113.7"), system({ bearer }, near)), null)
  assert.equal(isFrom(asked("203.0.113.7", token(bearer)), system({ bearer }, near)), "sys_1")
  assert.equal(isFrom(asked("198.51.100.1", token(bearer)), system({ bearer }, near)), null)
})

test("without any credentials a system is believed only where the operator says so", () => {
  const open = request({}, { allowUnauthenticated: true })
  assert.equal(isFrom(request(), system({})), null)
  assert.equal(isFrom(open, system({})), "sys_1")
  assert.equal(isFrom(open, system({ bearer })), null, "its secret is asked for all the same")
  assert.equal(isFrom(open), null)
  const several = [
    system({ bearer: "first" }, undefined, "sys_a"),
    system({ bearer }, undefined, "sys_b"),
    system({}, undefined, "sys_c"),
  ]
  assert.equal(isFrom(request(token(bearer)), ...several), "sys_b")
  assert.equal(isFrom(request(token(bearer), { allowUnauthenticated: true }), ...several), "sys_b")
  assert.equal(isFrom(open, ...several), "sys_c")
})

test("a secret says whose hook it is, also where the address is another's too", () => {
  const both = [system({}, near, "sys_a"), system({ bearer }, undefined, "sys_b")]
  assert.equal(isFrom(request(token(bearer), { ip: "203.0.113.7" }), ...both), "sys_b")
  assert.equal(isFrom(request({}, { ip: "203.0.113.7" }), ...both), "sys_a")
})
