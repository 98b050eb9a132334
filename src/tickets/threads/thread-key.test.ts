// A key that a statement puts together is the one that the code puts together.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { openDatabase } from "#kernel/db.ts"
import { testDatabase } from "#test/database.ts"
import { fc } from "#test/fast-check-seed.ts"
import { sources } from "#test/source-files.ts"
import {
  conversationKey,
  conversationKeySql,
  guiaOfKey,
  guiaOfKeySql,
  incidentKey,
  incidentKeySql,
} from "./thread-key.ts"

const { url } = await testDatabase()
const db = openDatabase(url, { max: 1 })
after(() => db.close())

const id = fc.string({ unit: fc.constantFrom(..."abzAZ019_:' ñ"), maxLength: 12 })

test("keys that SQL builds and takes apart are those that the code builds and takes apart", async () => {
  await fc.assert(
    fc.asyncProperty(id, id, async (one, other) => {
      const incident = incidentKey({ guia: one, trigger: other, cause: null })
      const { rows } = await db.pool.query(
        `select ${conversationKeySql("$1::text", "$2::text")} as talk, ${incidentKeySql("$1::text", "$2::text")} as incident,
           ${guiaOfKeySql("$3::text")} as guia`,
        [one, other, incident],
      )
      assert.deepEqual(rows[0], { talk: conversationKey(one, other), incident, guia: guiaOfKey(incident) })
    }),
  )
})

test("a conversation that nobody or nothing is known of has no key", async () => {
  for (const [connection, contact] of [
    [null, "ctc_1"],
    ["con_1", null],
  ]) {
    const sql = `select ${conversationKeySql("$1::text", "$2::text")} as key`
    assert.deepEqual((await db.pool.query(sql, [connection, contact])).rows, [{ key: null }])
  }
})

test("nobody else puts a key together", () => {
  const builds = /\|\| ':' \|\||"incident:"|`support:|\$\{connection(Id|\.id)\}:\$\{\w*[cC]ontact/
  const others = sources("src/**/*.ts").filter(
    ({ path, isTest }) => !isTest && path !== "src/tickets/threads/thread-key.ts",
  )
  assert.deepEqual(
    others.filter(({ text }) => builds.test(text)).map(({ path }) => path),
    [],
  )
})
