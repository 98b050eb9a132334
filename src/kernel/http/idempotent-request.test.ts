import assert from "node:assert/strict"
import { test } from "node:test"
import { z } from "zod"
import { openDesk } from "#test/desks/test-desk.ts"
import { runRequest, runRequestWithoutTransaction } from "./idempotent-request.ts"
import { Refusal } from "../errors.ts"

const config = { access: "public" } as const
const body = z.strictObject({ word: z.string() })
const long = { zebra: 1, alpha: [{ b: "2", a: null }], at: new Date("2026-11-22T09:00:00Z") }
let runs = 0
let waiting: (() => void)[] = []

const desk = await openDesk((app, kit) => {
  app.post("/inside", { config, schema: { body } }, (request, reply) =>
    runRequest(kit, request, reply, 201, async () => ({ ...long, run: ++runs })),
  )
  app.post("/outside", { config, schema: { body } }, (request, reply) =>
    runRequestWithoutTransaction(kit, request, reply, 202, async () => {
      if (request.body.word === "fail" && ++runs === 1) throw new Refusal("conflict", "in_use")
      if (request.body.word === "wait") await new Promise<void>((go) => waiting.push(go))
      // As work does that has a transaction of its own: it needs a connection while the key is claimed.
      await kit.db.pool.query("select pg_sleep(0.05)")
      return { ...long, run: ++runs }
    }),
  )
})

function send(url: string, word: string, key: string) {
  return desk.app.inject({ method: "POST", url, payload: { word }, headers: { "idempotency-key": key } })
}

for (const [url, status] of [
  ["/inside", 201],
  ["/outside", 202],
] as const) {
  test(`a repeat at ${url} gets the same bytes, another request under its key is refused`, async () => {
    const first = await send(url, "one", "k1")
    const again = await send(url, "one", "k1")
    assert.deepEqual([first.statusCode, again.statusCode, again.payload], [status, status, first.payload])
    assert.equal((await send(url, "two", "k1")).json().code, "idempotency_mismatch")
  })
}

test("work outside a transaction holds no connection: many more keys than connections are all answered", async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => send("/outside", "many", `many-${i}`)))
  assert.deepEqual([...new Set(answers.map((one) => one.statusCode))], [202])
})

test("work outside that is still running is said to be, and what failed may be sent again", async () => {
  const first = send("/outside", "wait", "slow")
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve))
  assert.equal((await send("/outside", "wait", "slow")).json().code, "in_progress")
  for (const go of waiting) go()
  const { payload } = await first
  assert.equal((await send("/outside", "wait", "slow")).payload, payload)
  runs = 0
  assert.equal((await send("/outside", "fail", "failing")).json().code, "in_use")
  assert.equal((await send("/outside", "fail", "failing")).statusCode, 202)
})

const keptAs = (key: string) => desk.secrets.hash(`idempotency ${key}`)

test("a claim that a dead server left is over after a minute", async () => {
  waiting = []
  const left = (age: string) =>
    desk.db.pool.query(
      `insert into idempotency_keys (principal, route, key, body_hash, state, created_at)
        select principal, route, $1, body_hash, 'running', now() - $2::interval from idempotency_keys where key = $3 and route like '%outside'`,
      [keptAs(`left ${age}`), age, keptAs("k1")],
    )
  await left("30 seconds")
  await left("61 seconds")
  assert.equal((await send("/outside", "one", "left 30 seconds")).json().code, "in_progress")
  assert.equal((await send("/outside", "one", "left 61 seconds")).statusCode, 202)
})
