// A desk of every frozen version comes to this one with all it holds, is healthy, and goes on.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, test } from "node:test"
import { Client } from "pg"
import { openDatabase } from "#kernel/db.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { emptyDatabase } from "../database.ts"
import { ask, keyFor, secret, startHilo, type TakenPort, waitUntil } from "../server-process.ts"
import { examine } from "../../src/cli/doctor/check-invariants.ts"
import { populate, tablesOf, versionOfDesk } from "./populate-old-desk.ts"

const folder = join(import.meta.dirname, "../../db/migrations")
const frozen = readFileSync(join(folder, "../frozen.sha256"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("  ") as [hash: string, name: string])
const names = frozen.map(([, name]) => name)

test("a frozen migration is what it was when it was frozen, and none is missing between", () => {
  const hashOf = (name: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex")
  assert.deepEqual(
    names.map((name) => [hashOf(name), name]),
    frozen,
  )
  const there = readdirSync(folder).toSorted()
  assert.deepEqual(there.slice(0, names.length), names)
})

/** Tables that have another name since the desk was left. */
const renamed: Record<string, string> = {
  set_aside: "failed_deliveries",
  customer_news: "customer_emails",
  mails: "outgoing_emails",
  movements: "tracking_events",
  carrier_words: "carrier_statuses",
  unknown_words: "unknown_carrier_statuses",
  ticket_looks: "ticket_access_log",
  ticket_changes: "ticket_field_history",
  routing_turns: "routing_rotation",
  link_requests: "sign_in_link_requests",
}

describe("a desk that was populated by version", () => {
  for (const name of names.slice(0, versionOfDesk)) {
    test(`${name.slice(0, 4)} is healthy in this one`, async () => {
      const url = await deskOf(name)
      await migrate(url)
      assert.deepEqual(await ailments(url), [])
    })
  }
})

test("a desk of the last frozen version has rows in every table, keeps them, and goes on", async () => {
  const url = await deskOf(names[versionOfDesk - 1]!)
  const before = await counts(url)
  assert.deepEqual(
    before.filter(([, n]) => n === 0),
    [],
    "a table without rows proves nothing",
  )
  await migrate(url)
  const after = new Map(await counts(url))
  const kept = before.map(([name, n]) => [name, after.get(renamed[name] ?? name) ?? -1, n] as const)
  assert.deepEqual(
    kept.filter(([, now, n]) => now < 0 || (now === 0 && n > 0)),
    [],
    "every table is there, and none came out empty",
  )
  await worksOn(url)
  assert.deepEqual(await ailments(url), [])
})

async function worksOn(url: string) {
  const hilo = await startHilo({ databaseUrl: url })
  const [admin, ana] = [await keyFor({ databaseUrl: url }, "admin"), await idOf(url, "ana@example.com")]
  const list = await ask<{ items: { id: string }[]; total: number }>(hilo.url, admin, "GET", "/tickets?limit=100")
  assert.equal(list.status, 200)
  for (const { id } of list.body.items) {
    const read = await Promise.all(
      ["", "/messages", "/timeline", "/why"].map((of) => ask(hilo.url, admin, "GET", `/tickets/${id}${of}`)),
    )
    assert.deepEqual(
      read.map(({ status }) => status),
      [200, 200, 200, 200],
      id,
    )
  }
  const { body } = await ask<{ id: string }>(hilo.url, admin, "POST", "/connections", { kind: "api", name: "Nueva" })
  const say = (externalId: string) =>
    ask<TakenPort>(hilo.url, admin, "POST", `/connections/${body.id}/messages`, {
      externalId,
      contact: { id: "+573001239999" },
      text: "hola",
      assigneeId: ana,
    })
  assert.equal((await say("m-1")).body.decision.action, "created")
  const joined = await say("m-2")
  assert.equal(joined.body.decision.action, "joined")
  const notified = `select from notifications where ticket_id = '${joined.body.ticket.id}'`
  await waitUntil("a reader of the log has notified the assignee", async () => (await rowsOf(url, notified)).length > 0)
  await hilo.stop()
}

/** A new database, migrated up to and with `last`, and populated. */
async function deskOf(last: string): Promise<string> {
  const { url } = await emptyDatabase()
  const until = mkdtempSync(join(tmpdir(), "hilo-frozen-"))
  for (const name of names.slice(0, names.indexOf(last) + 1)) cpSync(join(folder, name), join(until, name))
  await migrate(url, until)
  rmSync(until, { recursive: true })
  await using client = await connected(url)
  await populate(client)
  return url
}

async function ailments(url: string): Promise<string[]> {
  const db = openDatabase(url)
  const { checks } = await examine({ db, secrets: createSecrets(secret), patienceMs: 50 })
  await db.close()
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`)
}

async function counts(url: string): Promise<[name: string, rows: number][]> {
  await using client = await connected(url)
  const counted: [string, number][] = []
  for (const name of await tablesOf(client)) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`)
    counted.push([name, rows[0]!.n])
  }
  return counted
}

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  await using client = await connected(url)
  return (await client.query(sql)).rows as Record<string, unknown>[]
}

const idOf = async (url: string, email: string) =>
  String((await rowsOf(url, `select id from users where email = '${email}'`))[0]!["id"])

async function connected(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}
