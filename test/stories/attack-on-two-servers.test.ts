// Two servers on one database, and somebody who tries at both at once: what is counted is counted once for both.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { createKey, createUser, hashPassword } from "#people/index.ts"
import { testDatabase } from "../database.ts"
import { ask, startHilo } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const db = openDatabase(databaseUrl, { max: 4 })
after(() => db.close())
const servers = await Promise.all([startHilo({ databaseUrl }), startHilo({ databaseUrl })])
const password = "correct horse battery"
const passwordHash = await hashPassword(password)
const acting = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(db, { actor: system, now: new Date() }, work)

/** All at once, each other one at the other server: how many had which answer. */
async function atBoth(times: number, work: (url: string, n: number) => Promise<number>) {
  const statuses = await Promise.all(Array.from({ length: times }, (_, n) => work(servers[n % 2]!.url, n)))
  const counts: Record<number, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
/** As a browser without a session does. */
async function post(url: string, path: string, body: object): Promise<number> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(body),
  })
  await response.body?.cancel()
  return response.status
}

test("guesses at a password add up over both servers, and both are closed to who has had theirs", async () => {
  const email = "ana@example.com"
  await acting((act) => createUser(act, { email, name: "Ana", role: "agent", passwordHash }))
  assert.deepEqual(await atBoth(30, (url, n) => post(url, "/session", { email, password: `wrong guess ${n}` })), {
    401: 10,
    429: 20,
  })
  assert.deepEqual(await atBoth(2, (url) => post(url, "/session", { email, password })), { 429: 2 })
})

test("links cannot be asked for more often at two servers than at one", async () => {
  const wantLink = (url: string, n: number) => post(url, "/session/link", { email: `somebody${n}@example.com` })
  assert.deepEqual(await atBoth(20, wantLink), { 202: 10, 429: 10 })
})

test("a customer has one quota at both servers, and what one refuses is given back at the other", async () => {
  const { key } = await acting(async (act) => {
    const { id } = await createUser(act, { email: "carla@example.com", name: "Carla", role: "user" })
    return createKey(act, { name: "Carla", role: "user", userId: id })
  })
  const open = (body: object) => async (url: string) => (await ask(url, key, "POST", "/tickets", body)).status
  assert.deepEqual(await atBoth(10, open({ subject: "" })), { 400: 10 })
  assert.deepEqual(await atBoth(24, open({ subject: "Factura", description: "Hola" })), { 201: 10, 429: 14 })
})
