// Undoing a merge puts both back; a split starts another ticket.
import assert from "node:assert/strict"
import { test } from "node:test"
import { storedTicket } from "#test/desks/message-source.ts"
import { day, get, minute, phone, refusal, say, undo, openMergeDesk } from "#test/desks/merge-desk.ts"

const { actionsOf, ana, byHand, close, desk, source, merged, messagesOf, root, second, undone, writes } =
  await openMergeDesk()

test("undoing a merge gives each what was its own: messages, status, counts, first answer and thread", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await say(ana, a.id, { content: "respuesta" })
  await source.says(who)
  const shape = async (id: string) => {
    const { version: _v, updatedAt: _u, ...rest } = await storedTicket(desk, id)
    const { firstResponseAt, resolvedAt, closedAt } = await get(root, id)
    return { ...rest, firstResponseAt, resolvedAt, closedAt }
  }
  const before = [await shape(a.id), await shape(b.id)]
  await merged(a.id, b.id)
  desk.clock.pass(300 * day)
  const restored = await undone(a.number)
  assert.deepEqual([restored["id"], restored["status"], restored["mergedInto"]], [a.id, "open", null])
  assert.deepEqual([await shape(a.id), await shape(b.id)], before)
  assert.equal((await actionsOf(a.id)).at(-1), "ticket.unmerged")
  assert.equal((await actionsOf(b.id)).at(-1), "ticket.merge_undone")
  assert.equal((await source.says(who)).ticket!.id, a.id)
  assert.equal((await second.says(who)).ticket!.id, b.id)
  const { rows } = await desk.db.pool.query("select count(*) as n from messages where origin_ticket_id = $1", [a.id])
  assert.equal(rows[0].n, 0)
  assert.deepEqual(refusal(await undo(root, a.id)), [409, "not_merged"])
})

test("what came after the merge stays with the target when it is undone", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await merged(a.id, b.id)
  const later = [(await source.says(who)).message!.id, String((await say(ana, a.id, { content: "ya" })).body["id"])]
  await undone(a.id)
  assert.deepEqual((await messagesOf(a.id)).length, 1)
  assert.deepEqual(
    (await messagesOf(b.id)).slice(1).map((it) => it.id),
    later,
  )
  assert.deepEqual([(await storedTicket(desk, a.id)).unread, (await storedTicket(desk, b.id)).unread], [0, 0])
})

test("chains come apart in any order, and each message ends where it came from", async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const who = phone()
    const tickets = [await writes(who), await writes(who, second), await byHand()] as const
    await merged(tickets[0].id, tickets[1].id)
    await merged(tickets[1].id, tickets[2].id)
    for (const i of order) await undone(tickets[i].id)
    const counts = await Promise.all(tickets.map(async ({ id }) => (await storedTicket(desk, id)).count))
    assert.deepEqual(counts, [1, 1, 0])
    const hand = await get(root, tickets[2].id)
    assert.deepEqual([hand["contact"], hand["connection"]], [null, null])
    assert.equal((await source.says(who)).ticket!.id, tickets[0].id)
  }
})

test("undoing is refused while the thread has another active ticket, and names it", async () => {
  const [a, hand] = [await writes(), await byHand()]
  await merged(a.id, hand.id)
  await close(hand.id)
  desk.clock.pass(15 * day)
  const fresh = (await source.says(a.who)).ticket!
  const refused = await undo(root, a.id)
  assert.deepEqual([...refusal(refused), refused.body["number"]], [409, "thread_busy", fresh.number])
  await close(fresh.id)
  assert.equal((await undone(a.id))["status"], "pending")
})

test("a closed, a resolved and a waiting ticket are so again when the merge is undone", async () => {
  for (const status of ["closed", "resolved", "pending"]) {
    const [a, b] = [await byHand(), await byHand()]
    await root.call("PUT", `/tickets/${a.id}/status`, { status, ...(status !== "pending" && { resolution: "hecho" }) })
    const { resolvedAt, closedAt, resolution, reopenCount } = await get(root, a.id)
    await merged(a.id, b.id)
    desk.clock.pass(minute)
    const restored = await undone(a.id)
    assert.deepEqual(
      [
        restored["status"],
        restored["resolvedAt"],
        restored["closedAt"],
        restored["resolution"],
        restored["reopenCount"],
      ],
      [status, resolvedAt, closedAt, resolution, reopenCount],
    )
  }
})

test("a split keeps authors and times, counts both anew, and merging back undoes it", async () => {
  const who = phone()
  const a = await writes(who)
  const other = (await source.says(who, { text: "y otra cosa" })).message!
  await say(ana, a.id, { content: "nota sobre lo otro", isInternal: true })
  const [first, , note] = await messagesOf(a.id)
  const foreign = (await messagesOf((await writes()).id))[0]!
  const split = (messageIds: string[]) =>
    ana.call("POST", `/tickets/${a.id}/split`, { messageIds, subject: "Otra cosa" })
  assert.deepEqual(refusal(await split([other.id, foreign.id])), [404, "not_found"])
  assert.deepEqual(refusal(await split([first!.id, other.id, note!.id])), [400, "invalid"])
  const made = await split([other.id, note!.id])
  assert.equal(made.status, 201)
  const { kind, subject, contact, connection, channel, status, messageCount, unreadMessages } = made.body as Record<
    string,
    never
  >
  assert.deepEqual(
    { kind, subject, contact, connection, channel, status, messageCount, unreadMessages },
    {
      kind: "support",
      subject: "Otra cosa",
      contact: a.contact,
      connection: a.connection,
      channel: a.channel,
      status: "open",
      messageCount: 1,
      unreadMessages: 1,
    },
  )
  const id = String(made.body["id"])
  const [moved] = (await root.call("GET", `/tickets/${id}/messages`)).body["items"] as {
    sentAt: string
    sender: { name: string }
  }[]
  assert.deepEqual([moved!.sentAt, moved!.sender], [other.sentAt.toISOString(), { ...other.sender }])
  assert.deepEqual([(await storedTicket(desk, a.id)).count, (await storedTicket(desk, a.id)).unread], [1, 1])
  assert.equal((await actionsOf(a.id)).at(-1), "ticket.split")
  const { links } = made.body as { links: { type: string; direction: string; ticket: { id: string } }[] }
  assert.deepEqual(
    links.map((one) => [one.type, one.direction, one.ticket.id]),
    [["split", "from", a.id]],
  )
  assert.ok((await actionsOf(id)).includes("ticket.split_off"))
  assert.equal((await say(ana, id, { content: "sobre lo otro" })).status, 201)
  assert.equal((await source.says(who)).ticket!.id, a.id)
  await merged(id, a.id)
  assert.equal((await messagesOf(a.id)).length, 5)
})

test("what was unread and was split off since does not come back as unread with the ticket that brought it", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  const [brought] = await messagesOf(a.id)
  await merged(a.id, b.id)
  const made = await root.call("POST", `/tickets/${b.id}/split`, { messageIds: [brought!.id], subject: "Otra cosa" })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await undone(a.id)
  const unread = await Promise.all(
    [a.id, b.id, String(made.body["id"])].map(async (id) => (await storedTicket(desk, id)).unread),
  )
  assert.deepEqual(unread, [0, 1, 1])
})

test("what was not read yet when a merge is undone is unread where it came from", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await writes(who)
  await merged(a.id, b.id)
  const [, own] = await messagesOf(b.id)
  const read = await root.call("POST", `/tickets/${b.id}/read`, { lastSeenMessageId: own!.id })
  assert.equal(read.body["unreadMessages"], 1)
  await writes(who, second)
  await undone(a.id)
  assert.deepEqual([(await storedTicket(desk, a.id)).unread, (await storedTicket(desk, b.id)).unread], [1, 1])
})
