// Who writes while a connection is closed reads its own text, once in each cycle of the conversation.
import assert from "node:assert/strict"
import { test } from "node:test"
import { createCalendar } from "#calendars/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { openSending } from "#test/desks/sending-desk.ts"
import { replyJobs } from "./all-reply-jobs.ts"

const { desk, ana, graph, work, connect } = await openSending((app, kit) => ticketRoutes(app, kit))
const job = replyJobs(desk, "").find(({ name }) => name === "send-out-of-hours-text")!
const rows = async (sql: string, ...values: unknown[]) => (await desk.db.pool.query(sql, values)).rows
const hours = (n: number) => n * 3_600_000
const text = "Estamos cerrados. Te respondemos el lunes."
const calendarId = await acting(desk, (act) =>
  createCalendar(act, {
    name: "Oficina",
    timezone: "America/Bogota",
    intervals: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "18:00" })),
  }),
)
const [sunday, monday] = [new Date("2026-11-22T15:00:00Z"), new Date("2026-11-23T15:00:00Z")]
let seen = 0

/** A number whose text is said outside office hours. */
async function office(more: object = {}) {
  const source = await connect()
  await react()
  const { status } = await ana.call("PATCH", `/connections/${source.id}`, { calendarId, outOfHoursText: text, ...more })
  assert.equal(status, 200)
  return source
}

/** Does what follows from the messages that came since, as the dispatcher does, and once more: a job may be done again. */
async function react() {
  const events = await rows(
    "select id, ticket_id from events where kind = 'message.received' and id > $1 order by id",
    seen,
  )
  seen = events.at(-1)?.id ?? seen
  const payloads = events.map(({ id, ticket_id }) => ({ eventId: id, depth: 0, ticketId: ticket_id, subjectId: null }))
  const wanted = await desk.db.kysely.transaction().execute((tx) => job.worthwhile!(tx, payloads))
  for (const one of [...wanted, ...wanted]) await job.run(one)
  await work()
  return wanted.length
}
const texts = () => graph.accepted.map(({ body }) => (body["text"] as { body: string } | undefined)?.body)
const close = (id: string) => ana.call("PUT", `/tickets/${id}/status`, { status: "closed" })

test("once, however much they write, and again after the conversation was closed and came back", async () => {
  desk.clock.now = sunday
  const { says } = await office()
  const [{ ticket }] = [await says("+573001110001", { as: "phone" }), await says("+573001110001", { as: "phone" })]
  const of =
    "select status, assignee_id, unread_messages, updated_at, first_response_at, version from tickets where id = $1"
  const before = await rows(of, ticket!.id)
  await react()
  assert.deepEqual(texts(), [text])
  assert.deepEqual(await rows(of, ticket!.id), before, "it answers nothing and touches nothing")
  desk.clock.pass(hours(1))
  await says("+573001110001", { as: "phone" })
  await react()
  assert.deepEqual(texts(), [text], "once in a cycle")
  await close(ticket!.id)
  desk.clock.pass(hours(1))
  const back = await says("+573001110001", { as: "phone", text: "¿Hay alguien?" })
  assert.deepEqual([back.decision.action, back.ticket!.id], ["reopened", ticket!.id])
  await react()
  assert.deepEqual(texts(), [text, text])
})

test("a conversation that began in office hours gets it when its customer writes after them", async () => {
  desk.clock.now = monday
  const { says } = await office()
  await says("+573001110002", { as: "phone" })
  assert.equal(await react(), 0)
  desk.clock.pass(hours(12))
  await says("+573001110002", { as: "phone" })
  await react()
  assert.deepEqual(texts(), [text])
})

test("not in a group, not for what we wrote elsewhere, not to somebody blocked, not where a part of it is missing", async () => {
  desk.clock.now = sunday
  const { says } = await office()
  await says("+573001110003", { as: "phone", group: "grupo-1" })
  await says("+573001110004", { as: "phone", direction: "out" })
  const { ticket } = await says("+573001110005", { as: "phone" })
  await rows("update contacts set blocked = true where id = (select contact_id from tickets where id = $1)", ticket!.id)
  await react()
  for (const part of [{ calendarId: null }, { outOfHoursText: null }]) {
    const other = await office(part)
    await other.says("+573001110006", { as: "phone" })
    assert.equal(await react(), 0)
  }
  assert.deepEqual(texts(), [])
})
