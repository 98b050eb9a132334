// A desk of before the messages knew with whom they were exchanged, brought up to this version.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { Client } from "pg"
import { migrate } from "#kernel/database/migrate.ts"
import { emptyDatabase } from "../database.ts"

const migrations = join(import.meta.dirname, "../../db/migrations")
const older = mkdtempSync(join(tmpdir(), "hilo-older-"))
for (const name of readdirSync(migrations)) if (name < "0022") cpSync(join(migrations, name), join(older, name))

let db: Client
let url: string
before(async () => {
  url = (await emptyDatabase()).url
  await migrate(url, older)
  db = new Client({ connectionString: url })
  await db.connect()
})
after(async () => {
  await db.end()
  rmSync(older, { recursive: true })
})

const at = (minute: number) => `'2026-01-01T10:${String(minute).padStart(2, "0")}:00Z'::timestamptz`
const connection = (id: string, kind: string, number = "") =>
  db.query(`insert into connections (id, kind, name, settings, created_at, updated_at)
    values ('${id}', '${kind}', '${id}', '${JSON.stringify(number ? { phoneNumberId: number } : {})}', ${at(0)}, ${at(0)})`)
const contact = async (id: string, ...identities: [id: string, kind: string, scope: string, value: string][]) => {
  await db.query(
    `insert into contacts (id, name, created_at, updated_at) values ('${id}', '${id}', ${at(0)}, ${at(0)})`,
  )
  for (const [n, [one, kind, scope, value]] of identities.entries())
    await db.query(`insert into contact_identities (id, contact_id, kind, scope, value, created_at)
      values ('${one}', '${id}', '${kind}', '${scope}', '${value}', ${at(n)})`)
}
const ticket = (id: string, contactId: string, connectionId: string, merged = "null") =>
  db.query(`insert into tickets (id, kind, thread_key, status, channel, contact_id, connection_id, merged_into, last_message_at,
      created_by_kind, created_at, updated_at)
    values ('${id}', 'conversation', '${connectionId}:${contactId}', 'closed', 'api', '${contactId}', '${connectionId}', ${merged}, ${at(0)}, 'contact', ${at(0)}, ${at(0)})`)
type Said = { ticket: string; connectionId: string; by?: string; minute: number; origin?: string; externalId?: string }
const message = (id: string, { ticket: ticketId, connectionId: door, by, minute, origin, externalId }: Said) =>
  db.query(
    `insert into messages (id, ticket_id, origin_ticket_id, connection_id, external_id, direction, sender_kind, sender_id, content, sent_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $1, ${at(minute)}, ${at(minute)})`,
    [id, ticketId, origin ?? null, door, externalId ?? null, by ? "in" : "out", by ? "contact" : "user", by ?? "usr_1"],
  )

test("what was said before gets its place and its counterpart, as far as anybody can know", async () => {
  await connection("con_w", "whatsapp", "111")
  await connection("con_c", "webchat")
  await contact(
    "ctc_a",
    ["idn_1", "email", "", "a@example.com"],
    ["idn_2", "phone", "", "+573001"],
    ["idn_3", "phone", "", "+573002"],
  )
  await contact("ctc_b", ["idn_4", "phone", "", "+573003"])
  await contact("ctc_v", ["idn_5", "visitor", "con_c", "vis_1"], ["idn_6", "visitor", "con_c", "vis_2"])
  await ticket("tkt_b", "ctc_b", "con_w")
  await ticket("tkt_a", "ctc_a", "con_w", "'tkt_b'")
  await ticket("tkt_v", "ctc_v", "con_c")
  await message("msg_2", { ticket: "tkt_b", origin: "tkt_a", connectionId: "con_w", minute: 2 })
  await message("msg_1", { ticket: "tkt_b", origin: "tkt_a", connectionId: "con_w", by: "ctc_a", minute: 1 })
  await message("msg_3", { ticket: "tkt_b", connectionId: "con_w", by: "ctc_b", minute: 3 })
  await message("msg_4", { ticket: "tkt_v", connectionId: "con_c", by: "ctc_v", minute: 4, externalId: "vis_2:x" })
  await db.query(`insert into sends (message_id, connection_id, recipient, next_at, created_at)
    values ('msg_2', 'con_w', 'ctc_a', ${at(2)}, ${at(2)})`)
  await migrate(url)
  const { rows } = await db.query("select id, contact_id, identity_id, address from messages order by position")
  assert.deepEqual(
    rows.map((row) => Object.values(row)),
    [
      ["msg_1", "ctc_a", "idn_2", "+573001"],
      ["msg_2", "ctc_a", "idn_2", "+573001"],
      ["msg_3", "ctc_b", "idn_4", "+573003"],
      ["msg_4", "ctc_v", "idn_6", "vis_2"],
    ],
  )
  assert.deepEqual((await db.query("select recipient from sends")).rows, [{ recipient: "idn_2" }])
  await message("msg_5", { ticket: "tkt_b", connectionId: "con_w", minute: 0 })
  const last = await db.query("select id from messages order by position desc limit 1")
  assert.deepEqual(last.rows, [{ id: "msg_5" }])
})
