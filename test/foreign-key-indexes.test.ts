// Removing a row asks every table that may name it. Without an index each such question reads the whole table.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { testDatabase } from "./database.ts"

const db = openDatabase((await testDatabase()).url)
after(() => db.close())

const neverRemoved = ["users", "tickets", "messages", "connections"]

test("rows that can be removed are looked for by an index in every table that may name them", async () => {
  const { rows } = await db.pool.query(
    `select c.conrelid::regclass || '.' || a.attname as key
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid <> all($1::regclass[])
        and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
      order by 1`,
    [neverRemoved],
  )
  assert.deepEqual(rows, [])
})
