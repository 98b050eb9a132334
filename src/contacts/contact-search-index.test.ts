// What people are found by is written by triggers, whose plans a session keeps while the tables grow under them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"

const desk = await openDesk(() => {})

async function wholeReads(): Promise<number> {
  const client = await desk.db.pool.connect()
  try {
    await client.query("select pg_stat_force_next_flush()")
    const text = "select seq_scan::int as reads from pg_stat_user_tables where relname = 'contact_texts'"
    return (await client.query<{ reads: number }>(text)).rows[0]!.reads
  } finally {
    client.release()
  }
}

test("the text of a contact is found by its index, however short the table was when the plan was made", async () => {
  const source = await openMessageSource(desk)
  const say = async (from: number) => {
    for (let n = from; n < from + 10; n++)
      await source.says(`+573009${String(n).padStart(6, "0")}`, { name: `Ana ${n}` })
  }
  await say(0)
  await desk.db.pool.query("analyze contact_texts")
  const before = await wholeReads()
  await say(10)
  assert.equal(await wholeReads(), before)
})
