// The migration to tickets that close by themselves: what was resolved long before has all its days from then on, and nobody is
// written to about it.
import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { migrate } from "#kernel/database/migrate.ts"
import { closeSilentTickets } from "#tickets/lifecycle/auto-close-silent-tickets.ts"
import { emptyDatabase } from "../database.ts"

const folder = join(import.meta.dirname, "../../db/migrations")
const before = mkdtempSync(join(tmpdir(), "hilo-before-"))
after(() => rmSync(before, { recursive: true }))
for (const name of readdirSync(folder).filter((file) => file < "0130")) cpSync(join(folder, name), join(before, name))

test("a ticket that was resolved a year before the upgrade is closed four days after it, without an announcement", async () => {
  const { url } = await emptyDatabase()
  await migrate(url, before)
  const db = openDatabase(url)
  await db.pool
    .query(`insert into tickets (id, kind, status, channel, resolved_at, last_message_at, created_by_kind, created_at, updated_at)
    values ('tkt_old', 'support', 'resolved', 'web', now() - interval '1 year', now(), 'system', now(), now())`)
  await migrate(url)
  const inDays = async (days: number) => {
    const now = new Date(Date.now() + days * 86_400_000)
    while (await closeSilentTickets({ db, now: () => now }));
    const { rows } = await db.pool.query(
      `select status, (select count(*)::int from events where kind = 'ticket.closing_announced') as announced from tickets`,
    )
    return rows[0]
  }
  assert.deepEqual(await inDays(0), { status: "resolved", announced: 0 })
  assert.deepEqual(await inDays(3.5), { status: "resolved", announced: 0 })
  assert.deepEqual(await inDays(4.1), { status: "closed", announced: 0 })
  await db.close()
})
