// Connections that shared a WhatsApp number before each number belonged to one.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { changeConnection, createConnection } from "#connections/index.ts"
import { whatsappInvariants } from "#channels/whatsapp/invariants.ts"
import { inTransaction, type Act, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { emptyDatabase } from "../database.ts"

const migrations = join(import.meta.dirname, "../../db/migrations")
const older = mkdtempSync(join(tmpdir(), "hilo-older-"))
for (const name of readdirSync(migrations)) if (name < "0022") cpSync(join(migrations, name), join(older, name))
const { url } = await emptyDatabase()
await migrate(url, older)
const db = openDatabase(url)
after(async () => {
  await db.close()
  rmSync(older, { recursive: true })
})
const secrets = createSecrets("a secret for tests only")
const acting = <T>(work: (act: Act) => Promise<T>) => inTransaction(db, { actor: system, now: new Date() }, work)
const rows = async (sql: string) => (await db.pool.query(sql)).rows as { id: string }[]
const marked = async () =>
  (await rows("select id from connections where shares_number order by id")).map(({ id }) => id)
const named = async () => {
  const check = whatsappInvariants.find(({ name }) => name === "whatsapp_numbers")!
  return (await rows(check.find as string)).map(({ id }) => id).toSorted()
}
const whatsapp = (name: string, phoneNumberId: string) => {
  const settings = {
    phoneNumberId,
    accessToken: "token-of-a-test",
    appSecret: "secret-of-a-test",
    verifyToken: "verify-me-please",
  }
  return { kind: "whatsapp" as const, name, settings }
}

test("connections that share a number stay, marked, until they get another one or are the last", async () => {
  for (const [id, number, enabled, gone] of [
    ["con_1", "106111000000", true, false],
    ["con_2", "106111000000", true, false],
    ["con_3", "106111000000", false, false],
    ["con_4", "106222000000", false, false],
    ["con_5", "106222000000", true, false],
    ["con_6", "106333000000", true, false],
    ["con_7", "106333000000", true, true],
  ] as const)
    await db.pool.query(
      `insert into connections (id, kind, name, settings, enabled, deleted_at, created_at, updated_at)
       values ($1, 'whatsapp', $1, $2, $3, case when $4 then now() end, now(), now())`,
      [id, JSON.stringify({ phoneNumberId: number }), enabled, gone],
    )
  await migrate(url)
  assert.deepEqual(
    [await marked(), await named()],
    [
      ["con_2", "con_3", "con_4"],
      ["con_2", "con_3", "con_4"],
    ],
  )
  const taken = acting((act) => createConnection(act, secrets, whatsapp("otra", "106111000000")))
  await assert.rejects(taken, (error) => error instanceof Refusal && error.code === "duplicate_entry")
  await acting((act) => changeConnection(act, secrets, "con_2", { settings: { phoneNumberId: "106444000000" } }))
  assert.deepEqual(await marked(), ["con_3", "con_4"])
  const back = acting((act) => changeConnection(act, secrets, "con_2", { settings: { phoneNumberId: "106333000000" } }))
  await assert.rejects(back, (error) => error instanceof Refusal && error.code === "duplicate_entry")
  await acting((act) => changeConnection(act, secrets, "con_3", { name: "con_3 bis" }))
  assert.deepEqual(await named(), ["con_3", "con_4"], "another name is no other number")
  await db.pool.query("update connections set deleted_at = now() where id = 'con_5'")
  assert.deepEqual(await named(), ["con_3"], "whoever is the last of them has the number")
  await acting((act) => changeConnection(act, secrets, "con_3", { settings: { phoneNumberId: "106555000000" } }))
  assert.deepEqual(await named(), [])
})
