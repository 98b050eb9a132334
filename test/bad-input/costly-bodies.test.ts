// Bodies that are made to cost more than they are worth: refused before anybody looks at what is in them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { z } from "zod"
import { incidentRoutes } from "#incidents/index.ts"
import { chatRoutes } from "#channels/webchat/entry-points/chat-routes.ts"
import { recordOf } from "#kernel/http/input-fields.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { member, openDesk } from "../desks/test-desk.ts"

const desk = await openDesk((app, kit) => {
  chatRoutes(app, kit)
  incidentRoutes(app, kit)
  ticketRoutes(app, kit)
})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
const json = { "content-type": "application/json" }
const post = (url: string, payload: string, headers: Record<string, string> = {}) =>
  desk.app.inject({ method: "POST", url, payload, headers: { ...json, ...headers } })
const range = (n: number, of: number) => Array.from({ length: n }, (_, i) => [`n${of}-${i}`, 1] as const)
const asAna = { authorization: `Bearer ${ana.key}` }

test("an unauthenticated client sends little, and what is refused has been counted", async () => {
  const statuses: number[] = []
  for (let i = 0; i < 61; i++) statuses.push((await post("/chat/con_1/visitor", "[".repeat(200_000))).statusCode)
  assert.deepEqual([...new Set(statuses.slice(0, 60))], [413])
  assert.equal(statuses[60], 429)
})

test("what is nested too deeply is refused before it is parsed, and brackets in a text are only signs", async () => {
  const deep = await post("/api/v1/tickets", "[".repeat(2_800_000), asAna)
  assert.deepEqual([deep.statusCode, deep.json<{ detail: string }>().detail], [400, "body: is nested too deeply"])
  const subject = '[[[[{{{{"\\'.repeat(25)
  const { statusCode, body } = await post("/api/v1/tickets", JSON.stringify({ subject }), asAna)
  assert.equal(statusCode, 201, body)
})

test("keys are counted before they are looked at", async () => {
  const fields = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, 1]))
  let looked = 0
  const value = z.unknown().refine(() => ++looked > 0)
  assert.equal(recordOf(z.string(), value, 100).safeParse(fields).success, false)
  assert.equal(looked, 0)
  const some = Object.fromEntries(Object.entries(fields).slice(0, 101))
  const answer = await post("/api/v1/tickets", JSON.stringify({ subject: "x", customFields: some }), asAna)
  assert.equal(answer.statusCode, 400)
  assert.match(answer.json<{ detail: string }>().detail, /^customFields: must be at most 100 fields/)
})

test("names of fields are counted before the body is parsed, wherever they stand", async () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k"${i}`, 1]))
  const spread = Array.from({ length: 100 }, (_, i) => ({ [`a${i}`]: Object.fromEntries(range(100, i)) }))
  const bodies: [unknown, string][] = [
    [many, "body"],
    [{ subject: "x", contact: many }, "contact"],
    [{ subject: "x", customFields: { a: { b: 1 }, c: many } }, "customFields.c"],
    [spread, "a49"],
  ]
  for (const [body, path] of bodies) {
    const { statusCode, json: read } = await post("/api/v1/tickets", JSON.stringify(body), asAna)
    const { errors } = read<{ errors: unknown }>()
    assert.deepEqual([statusCode, errors], [400, [{ path, message: "holds too many fields" }]])
  }
  const same = Array.from({ length: 1_001 }, (_, i) => ({
    actionId: `act-${i}`,
    guia: "x",
    type: "x",
    status: "x",
    at: "x",
  }))
  const { body } = await post("/api/v1/incidents/actions", JSON.stringify(same), asAna)
  assert.match(body, /at most 1000 items/)
})

test("a thousand texts made of digits and dashes are worked through while others have their turn", async () => {
  let turns = 0
  const other = setInterval(() => turns++, 0)
  const items = Array.from({ length: 400 }, (_, i) => ({
    actionId: `act-${i}`,
    guia: `LIM-${1_000 + i}`,
    type: "SEND_WHATSAPP",
    status: "FAILED",
    httpCode: 500,
    at: "2026-11-22T09:30:00Z",
    errorMessage: "12-".repeat(2_000),
  }))
  const { statusCode, body } = await post("/api/v1/incidents/actions", JSON.stringify(items), asAna)
  clearInterval(other)
  assert.ok([200, 403].includes(statusCode), body.slice(0, 500))
  assert.ok(turns > 5, `${turns} turns`)
})
