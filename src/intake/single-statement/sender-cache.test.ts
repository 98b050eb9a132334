import assert from "node:assert/strict"
import { after, test } from "node:test"
import { system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import { transition, lockTicket } from "#tickets/index.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { inboundOf, openMessageSource } from "#test/desks/message-source.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { receiveMessage } from "../receive-message.ts"

// Two servers on one database: what one of them did, the other cannot remember.
const desk = await openDesk(messageRoutes)
const connection = await openMessageSource(desk)
const other = { ...desk, db: openDatabase(desk.db.url) }
after(() => other.db.close())

const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows
const here = (phone: string) => connection.says(phone)
const there = (phone: string, server: typeof desk = other) =>
  receiveMessage(server, system, inboundOf(connection.id, phone))

test("who is new to a server but known to the desk joins and reopens as anywhere", async () => {
  await here("+573004000001")
  await there("+573004000002")
  const first = await here("+573004000003")
  const second = await there("+573004000003")
  assert.deepEqual([second.decision.action, second.ticket!.id], ["joined", first.ticket!.id])
  const closed = (await here("+573004000004")).ticket!.id
  await acting(desk, async (act) => transition(act, await lockTicket(act, closed), { to: "closed" }))
  const third = await there("+573004000004")
  assert.deepEqual([third.decision.action, third.ticket!.id], ["reopened", closed])
})

test("who is new to a server but known to the desk joins by one statement", async () => {
  await there("+573004000011")
  const names: string[] = []
  const run: typeof other.db.run = async (statement) => {
    names.push(statement.name)
    return other.db.run(statement)
  }
  const counting = { ...other, db: { ...other.db, run } }
  await there("+573004000012", counting)
  await here("+573004000013")
  names.length = 0
  assert.equal((await there("+573004000013", counting)).decision.action, "joined")
  assert.equal(names.filter((name) => name.startsWith("intake-")).length, 1, names.join())
})

test("a repeat is one, whether its sender is new to a server or not", async () => {
  const twice = { externalId: "the-same" }
  const first = await connection.says("+573004000005", twice)
  const again = await connection.says("+573004000006", twice)
  assert.deepEqual([again.decision.action, again.message!.id], ["duplicate", first.message!.id])
  assert.deepEqual(await query("select id from contact_identities where value = '+573004000006'"), [])
})

test("what was cached of a connection does not count once it is changed", async () => {
  await query("insert into teams (id, name, created_at) values ('tea_one', 'One', now())")
  await query("update connections set team_ids = '{tea_one}' where id = $1", connection.id)
  const { ticket } = await here("+573004000007")
  assert.deepEqual(ticket!.team, { id: "tea_one", name: "One" })
  await query("update connections set enabled = false where id = $1", connection.id)
  await assert.rejects(here("+573004000008"), { code: "connection_disabled" })
  assert.deepEqual(await query("select id from contact_identities where value = '+573004000008'"), [])
})
