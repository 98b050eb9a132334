import assert from "node:assert/strict"
import { test } from "node:test"
import { Refusal } from "#kernel/errors.ts"
import { assign, transition, lockTicket, mergeTickets } from "#tickets/index.ts"
import { openMessageSource, storedTicket } from "#test/desks/message-source.ts"
import { acting, type Answer, member, openDesk } from "#test/desks/test-desk.ts"
import { contactRoutes } from "#contacts/index.ts"
import { replyJobs } from "#replies/index.ts"
import { messageRoutes } from "#channels/api/entry-points/message-routes.ts"
import { contactMergeRoutes } from "./contact-merge-routes.ts"
import { mergeContacts } from "./merge-contacts.ts"

const desk = await openDesk((app, kit) => {
  contactRoutes(app, kit)
  messageRoutes(app, kit)
  contactMergeRoutes(app, kit)
})
const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "admin" })
const customer = await member(desk, { email: "carla@example.com", name: "Carla", role: "user" })
const connection = await openMessageSource(desk)

let last = 100
const newPhone = () => `+573001000${(last += 1)}`
const minute = 60_000

/** Writes once and says which ticket and contact that made. */
async function writes(phone: string, at = connection) {
  desk.clock.pass(1_000)
  const { ticket } = await at.says(phone)
  return { ticketId: ticket!.id, contactId: ticket!.contact!.id }
}
const merge = (from: string, into: string) => ana.call("POST", `/contacts/${from}/merge`, { into })
const close = (id: string) => acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
const contact = async (id: string) => (await ana.call("GET", `/contacts/${id}`)).body
const factsOf = async (ticketId: string) =>
  (await desk.db.pool.query("select kind from events where ticket_id = $1 order by id", [ticketId])).rows.map(
    (row) => row.kind as string,
  )

function refused(answer: Answer, status: number, code: string) {
  assert.deepEqual([answer.status, answer.body["code"]], [status, code], JSON.stringify(answer.body))
}

async function activePerThread() {
  const { rows } = await desk.db.pool.query(
    "select thread_key from tickets where active and thread_key is not null group by thread_key having count(*) > 1",
  )
  return rows
}

test("only staff merge contacts", async () => {
  const [a, b] = [await writes(newPhone()), await writes(newPhone())]
  const url = `/api/v1/contacts/${a.contactId}/merge`
  const stranger = await desk.app.inject({ method: "POST", url, payload: { into: b.contactId } })
  assert.equal(stranger.statusCode, 401)
  refused(await customer.call("POST", `/contacts/${a.contactId}/merge`, { into: b.contactId }), 403, "forbidden")
  assert.equal((await contact(a.contactId))["mergedInto"], null)
})

test("addresses and tickets move, and the next message of either goes to one ticket", async () => {
  const [one, two] = [newPhone(), newPhone()]
  const source = await writes(one)
  const target = await ana.call("POST", "/contacts", { name: "Carla", identities: [{ kind: "phone", value: two }] })
  const into = target.body["id"] as string
  const { body } = await merge(source.contactId, into)
  assert.equal(body["id"], into)
  assert.deepEqual((body["identities"] as { value: string }[]).map((it) => it.value).toSorted(), [one, two].toSorted())
  const moved = await storedTicket(desk, source.ticketId)
  assert.deepEqual([moved.contactId, moved.threadKey, moved.active], [into, `${connection.id}:${into}`, true])
  for (const phone of [one, two]) assert.equal((await connection.says(phone)).ticket!.id, source.ticketId)
  assert.equal((await storedTicket(desk, source.ticketId)).count, 3)
})

test("a merged contact answers as the one it went into, also over two merges", async () => {
  const [a, b, c] = [await writes(newPhone()), await writes(newPhone()), await writes(newPhone())]
  await merge(a.contactId, b.contactId)
  await merge(b.contactId, c.contactId)
  for (const id of [a.contactId, b.contactId, c.contactId]) assert.equal((await contact(id))["id"], c.contactId)
  const listed = await ana.call("GET", "/contacts?limit=100")
  const ids = (listed.body["items"] as { id: string }[]).map((it) => it.id)
  assert.deepEqual(
    [ids.includes(a.contactId), ids.includes(b.contactId), ids.includes(c.contactId)],
    [false, false, true],
  )
  assert.equal((await ana.call("PATCH", `/contacts/${a.contactId}`, { name: "Las tres" })).body["id"], c.contactId)
  refused(await ana.call("DELETE", `/contacts/${a.contactId}`), 409, "in_use")
  assert.equal((await merge(a.contactId, c.contactId)).status, 200)
})

test("where both have an active ticket the younger joins the older one, whichever side is merged", async () => {
  for (const olderIsSource of [true, false]) {
    const phones = [newPhone(), newPhone()] as const
    const older = await writes(phones[0])
    const younger = await writes(phones[1])
    await acting(desk, async (act) => assign(act, await lockTicket(act, older.ticketId), { agentId: ana.userId }))
    await connection.says(phones[1])
    desk.clock.pass(minute)
    const [source, target] = olderIsSource ? [older, younger] : [younger, older]
    assert.equal((await merge(source.contactId, target.contactId)).status, 200)
    const kept = await storedTicket(desk, older.ticketId)
    const gone = await storedTicket(desk, younger.ticketId)
    assert.deepEqual([kept.active, kept.assigneeId, kept.unread, kept.count], [true, ana.userId, 3, 3])
    assert.equal(kept.threadKey, `${connection.id}:${target.contactId}`)
    assert.deepEqual(
      [gone.status, gone.mergedInto, gone.unread, gone.count, gone.lastId],
      ["closed", older.ticketId, 0, 0, null],
    )
    assert.equal((await factsOf(older.ticketId)).at(-1), "ticket.merged")
    assert.deepEqual((await factsOf(younger.ticketId)).slice(-3), [
      "ticket.status_changed",
      "ticket.closed",
      "ticket.merged_away",
    ])
    for (const phone of phones) assert.equal((await connection.says(phone)).ticket!.id, older.ticketId)
  }
  assert.deepEqual(await activePerThread(), [])
})

test("a merged ticket is not said goodbye to, though it was closed", async () => {
  const polite = await openMessageSource(desk, { farewellText: "¡Hasta luego!" })
  const [a, b] = [await writes(newPhone(), polite), await writes(newPhone(), polite)]
  await merge(b.contactId, a.contactId)
  await close(a.ticketId)
  const { rows } = await desk.db.pool.query(
    "select id, ticket_id as ticket from events where kind = 'ticket.closed' and ticket_id = any($1)",
    [[a.ticketId, b.ticketId]],
  )
  const farewell = replyJobs(desk, "").find((job) => job.name === "send-farewell")!
  for (const { id, ticket } of rows) await farewell.run({ eventId: id, depth: 0, ticketId: ticket, subjectId: null })
  const said = await desk.db.pool.query("select ticket_id from messages where content = '¡Hasta luego!'")
  assert.deepEqual([rows.length, said.rows], [2, [{ ticket_id: a.ticketId }]])
})

test("every connection has its own thread: only those merge that share one", async () => {
  const second = await openMessageSource(desk)
  const [one, two] = [newPhone(), newPhone()]
  const here = [await writes(one), await writes(two)]
  const there = await writes(two, second)
  await merge(here[1]!.contactId, here[0]!.contactId)
  assert.equal((await storedTicket(desk, there.ticketId)).active, true)
  assert.equal((await storedTicket(desk, here[1]!.ticketId)).mergedInto, here[0]!.ticketId)
  assert.equal((await second.says(one)).ticket!.id, there.ticketId)
})

test("closed tickets of both stay apart and the latest of them reopens", async () => {
  const [one, two] = [newPhone(), newPhone()]
  const [a, b] = [await writes(one), await writes(two)]
  await close(a.ticketId)
  desk.clock.pass(minute)
  await close(b.ticketId)
  await merge(a.contactId, b.contactId)
  const { ticket, decision } = await connection.says(one)
  assert.deepEqual([ticket!.id, decision.action], [b.ticketId, "reopened"])
  assert.equal((await storedTicket(desk, a.ticketId)).mergedInto, null)
})

test("nothing is merged with itself, with nobody, or a person with a group", async () => {
  const a = await writes(newPhone())
  refused(await merge(a.contactId, a.contactId), 400, "invalid")
  refused(await merge(a.contactId, "ctc_ffffffffffffffffffffffffffffffff"), 404, "not_found")
  refused(await merge("ctc_ffffffffffffffffffffffffffffffff", a.contactId), 404, "not_found")
  const { ticket } = await connection.says(newPhone(), { group: "obra" })
  refused(await merge(a.contactId, ticket!.contact!.id), 400, "invalid")
  assert.equal((await contact(a.contactId))["id"], a.contactId)
})

test("the target keeps what it says of itself and learns the rest", async () => {
  const make = async (body: object) => (await ana.call("POST", "/contacts", body)).body["id"] as string
  const source = await make({
    name: "Carla N.",
    tier: "gold",
    language: "es",
    customFields: { plan: "fibra", barrio: "Centro" },
  })
  const target = await make({ name: "Carla Núñez", language: "en", customFields: { plan: "radio" } })
  const { body } = await merge(source, target)
  assert.deepEqual(
    [body["name"], body["tier"], body["language"], body["customFields"]],
    ["Carla Núñez", "gold", "en", { plan: "radio", barrio: "Centro" }],
  )
})

test("messages that arrive during the merge end on the one ticket", async () => {
  for (let round = 0; round < 8; round++) {
    const phones = [newPhone(), newPhone()] as const
    const [a, b] = [await writes(phones[0]), await writes(phones[1])]
    if (round % 4 >= 2) await close(a.ticketId)
    if (round % 2 === 1) await close(b.ticketId)
    const writing = () => phones.flatMap((phone) => [connection.says(phone), connection.says(phone)])
    const [merged, ...answers] = await Promise.all([
      acting(desk, (act) => mergeContacts(act, a.contactId, b.contactId, { isOnePerson: true })),
      ...writing(),
      ...writing(),
    ])
    assert.equal(merged, b.contactId)
    assert.equal(answers.length, 8)
    const { rows } = await desk.db.pool.query(
      `select t.id, t.active, t.contact_id as "contactId", t.message_count as count,
        (select count(*) from messages m where m.ticket_id = t.id) as stored
       from tickets t where t.id = any($1) or t.contact_id = any($2)`,
      [
        [a.ticketId, b.ticketId],
        [a.contactId, b.contactId],
      ],
    )
    assert.deepEqual(
      new Set(rows.map((row) => row.contactId)),
      new Set([b.contactId]),
      "nothing is left with the source",
    )
    assert.equal(rows.filter((row) => row.active).length, 1)
    assert.equal(
      rows.reduce((sum, row) => sum + row.stored, 0),
      10,
    )
    for (const row of rows) assert.equal(row.count, row.stored)
    const now = await Promise.all(phones.map((phone) => connection.says(phone)))
    assert.equal(new Set(now.map((it) => it.ticket!.id)).size, 1)
  }
})

test("a first message on another connection during the merge does not stay with the source", async () => {
  for (let round = 0; round < 8; round++) {
    const second = await openMessageSource(desk)
    const phones = [newPhone(), newPhone()] as const
    const [a, b] = [await writes(phones[0]), await writes(phones[1])]
    const all = [...phones, ...phones].map((phone) => second.says(phone))
    await Promise.all([
      acting(desk, (act) => mergeContacts(act, a.contactId, b.contactId, { isOnePerson: true })),
      ...all,
    ])
    const { rows } = await desk.db.pool.query(
      "select contact_id as id, active, message_count as count from tickets where connection_id = $1 order by active desc",
      [second.id],
    )
    assert.deepEqual([rows[0].id, rows[0].active, rows[0].count], [b.contactId, true, 4])
    assert.deepEqual(
      rows.slice(1).map((row) => [row.id, row.active, row.count]),
      rows.slice(1).map(() => [b.contactId, false, 0]),
    )
  }
})

test("two merges of one pair, each the other way round, leave one contact", async () => {
  const [a, b] = [await writes(newPhone()), await writes(newPhone())]
  const both = [
    acting(desk, (act) => mergeContacts(act, a.contactId, b.contactId, { isOnePerson: true })),
    acting(desk, (act) => mergeContacts(act, b.contactId, a.contactId, { isOnePerson: true })),
  ]
  const [one, two] = await Promise.all(both)
  assert.equal(one, two)
  assert.equal((await contact(a.contactId))["id"], one)
  assert.deepEqual(await activePerThread(), [])
})

test("tickets: the thread moves with its origin and the counts are made anew", async () => {
  const phones = [newPhone(), newPhone()] as const
  const early = new Date(desk.now().getTime() - 3 * minute)
  const [a, b] = [await writes(phones[0]), await writes(phones[1])]
  await connection.says(phones[0], { sentAt: early })
  const versions = [await storedTicket(desk, a.ticketId), await storedTicket(desk, b.ticketId)].map((it) => it.version)
  desk.clock.pass(minute)
  const newest = await connection.says(phones[1])
  await acting(desk, async (act) =>
    mergeTickets(act, await lockTicket(act, a.ticketId), await lockTicket(act, b.ticketId)),
  )
  const [source, target] = [await storedTicket(desk, a.ticketId), await storedTicket(desk, b.ticketId)]
  assert.deepEqual(
    [target.count, target.unread, target.firstAt, target.lastAt, target.lastId],
    [4, 4, early, desk.now(), newest.message!.id],
  )
  assert.deepEqual(
    [source.version, target.version],
    versions.map((version) => version + 1),
  )
  assert.deepEqual([source.count, source.unread, source.mergedInto], [0, 0, b.ticketId])
  const { rows } = await desk.db.pool.query(
    "select coalesce(origin_ticket_id, 'here') as origin, count(*) as n from messages where ticket_id = $1 group by 1 order by 1",
    [b.ticketId],
  )
  assert.deepEqual(rows, [
    { origin: "here", n: 2 },
    { origin: a.ticketId, n: 2 },
  ])
  const again = acting(desk, async (act) =>
    mergeTickets(act, await lockTicket(act, a.ticketId), await lockTicket(act, b.ticketId)),
  )
  await assert.rejects(again, (error) => error instanceof Refusal && error.code === "merged")
  const back = acting(desk, async (act) =>
    mergeTickets(act, await lockTicket(act, b.ticketId), await lockTicket(act, a.ticketId)),
  )
  await assert.rejects(back, (error) => error instanceof Refusal && error.code === "merged")
  const self = acting(desk, async (act) => {
    const ticket = await lockTicket(act, b.ticketId)
    return mergeTickets(act, ticket, ticket)
  })
  await assert.rejects(self, (error) => error instanceof Refusal && error.kind === "invalid")
})
