import assert from "node:assert/strict"
import { once } from "node:events"
import { after, test } from "node:test"
import pg from "pg"
import { testDatabase } from "#test/database.ts"
import { inTransaction, system, transact } from "../act.ts"
import { openDatabase, wakeChannel } from "../db.ts"
import { listenForWakes } from "./listen.ts"
import { createWakes, wakeAfter } from "./wake.ts"

const { url } = await testDatabase()
const [here, there] = [openDatabase(url, { max: 2 }), openDatabase(url, { max: 2 })]
const listening = Promise.withResolvers<void>()
there.wakes.onWake("listening", () => listening.resolve())
const stop = listenForWakes(there)
await listening.promise
const listener = new pg.Client(url)
await listener.connect()
await listener.query(`listen ${wakeChannel}`)
after(async () => {
  await Promise.all([stop(), listener.end()])
  await Promise.all([here.close(), there.close()])
})

const payloads: string[] = []
listener.on("notification", ({ payload = "" }) => payloads.push(payload))
/** What `there` is woken for while `work` happens, up to a last wake-up that ends it. */
async function wokenThere(topics: string[], work: () => unknown): Promise<string[]> {
  const woken: string[] = []
  const ended = Promise.withResolvers<void>()
  const unsubscribe = [
    ...topics.map((topic) => there.wakes.onWake(topic, () => void woken.push(topic))),
    there.wakes.onWake("end", () => ended.resolve()),
  ]
  await work()
  await here.wakes.settle()
  here.wakes.wake("end")
  await ended.promise
  for (const one of unsubscribe) one()
  return woken
}

test("what nobody here works on wakes the other servers, and what somebody works on wakes nobody else", async () => {
  const mine: string[] = []
  const unsubscribe = here.wakes.onWake("outbox", () => void mine.push("outbox"))
  const theirs = await wokenThere(["outbox", "mail"], () => {
    here.wakes.wake("outbox")
    here.wakes.wake("mail")
  })
  unsubscribe()
  assert.deepEqual([mine, theirs], [["outbox"], ["mail"]])
  assert.equal((await wokenThere(["outbox"], () => here.wakes.wake("outbox"))).length, 1)
})

test("a transaction wakes those whom it named once it has committed, and nobody if it does not", async () => {
  const fails = transact(here, async (tx) => {
    wakeAfter(tx, "lost")
    throw new Error("no")
  })
  await assert.rejects(fails)
  const woken = await wokenThere(["lost", "kept", "log"], () =>
    inTransaction(here, { actor: system, now: new Date() }, async ({ tx }) => wakeAfter(tx, "kept")),
  )
  assert.deepEqual(woken.toSorted(), ["kept", "log"])
})

test("a new listener looks, for nobody knows what was missed", async () => {
  const late = openDatabase(url, { max: 1 })
  const woken = Promise.withResolvers<void>()
  late.wakes.onWake("anything", () => woken.resolve())
  const stopListening = listenForWakes(late)
  await woken.promise
  await stopListening()
  await late.close()
})

test("many wake-ups at once are one notice", async () => {
  await here.wakes.settle()
  payloads.length = 0
  for (let n = 0; n < 50; n++) here.wakes.wake(n % 2 === 0 ? "even" : "odd")
  await here.wakes.settle()
  if (payloads.length === 0) await once(listener, "notification")
  assert.deepEqual(
    payloads.map((payload) => payload.split(" ")[1]),
    ["even,odd"],
  )
})

test("who settles waits for every notice that is on its way, not for the last alone", async () => {
  const notices: PromiseWithResolvers<unknown>[] = []
  const wakes = createWakes(() => {
    notices.push(Promise.withResolvers())
    return notices.at(-1)!.promise
  })
  const settled: string[] = []
  for (const topic of ["one", "two"]) {
    wakes.wake(topic)
    void wakes.settle().then(() => settled.push(topic))
  }
  notices[1]!.resolve(null)
  await new Promise(setImmediate)
  assert.deepEqual(settled, [])
  notices[0]!.reject(new Error("lost"))
  await wakes.settle()
  assert.deepEqual(settled, ["one", "two"])
})
