// Merging as agents and customers live it: replies, threads and numbers follow.
import assert from "node:assert/strict"
import { test } from "node:test"
import { mergeContacts } from "#intake/index.ts"
import { messagesToSend, setDelivery } from "#messages/index.ts"
import { acting } from "#test/desks/test-desk.ts"
import { storedTicket } from "#test/desks/message-source.ts"
import { checkTheLaw } from "#test/stories/customer-crowd-and-journal.ts"
import { day, get, merge, phone, refusal, say, undo, why, openMergeDesk } from "#test/desks/merge-desk.ts"

const {
  actionsOf,
  ana,
  bruno,
  byHand,
  carla,
  close,
  desk,
  source,
  merged,
  messagesOf,
  root,
  second,
  sol,
  theirs,
  writes,
} = await openMergeDesk()

test("a merge moves messages and notes, closes the source and points to the target; both timelines say so", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await say(ana, a.id, { content: "nota", isInternal: true })
  await say(ana, a.id, { content: "ya lo vemos" })
  const before = [await storedTicket(desk, a.id), await storedTicket(desk, b.id)]
  const answer = await merge(ana, a.number, b.number)
  assert.equal(answer.status, 200)
  assert.deepEqual([answer.body["id"], answer.body["messageCount"], answer.body["unreadMessages"]], [b.id, 3, 1])
  assert.equal(answer.headers["etag"], `"${before[1]!.version + 1}"`)
  const source = await get(ana, a.number)
  assert.deepEqual(
    [source["status"], source["mergedInto"], source["messageCount"], source["can"], source["version"]],
    ["closed", b.id, 0, ["unmerge"], before[0]!.version + 1],
  )
  assert.equal((await messagesOf(b.id)).length, 4)
  assert.equal((await actionsOf(b.id)).at(-1), "ticket.merged")
  assert.equal((await actionsOf(a.id)).at(-1), "ticket.merged_away")
})

test("replies, notes, drafts and the number of a merged ticket follow it, through chains", async () => {
  const who = phone()
  const [a, b, c] = [await writes(who), await writes(who, second), await byHand()]
  await ana.call("PUT", `/tickets/${a.id}/drafts/reply`, { content: "a medias" })
  await merged(a.id, b.id)
  await merged(b.id, c.id)
  const draft = await ana.call("GET", `/tickets/${a.number}/drafts`)
  assert.equal(draft.body["reply"], "a medias")
  const replied = await say(ana, a.number, { content: "respuesta" })
  assert.deepEqual([replied.status, replied.body["ticketId"]], [201, c.id])
  assert.equal((await messagesOf(a.number)).length, 3)
  assert.equal((await messagesOf(a.number))[0]!.ticketId, c.id)
})

test("a message on a merged ticket's thread joins the target, and reopens it when it was closed", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await merged(a.id, b.id)
  const joined = await source.says(who)
  assert.deepEqual([joined.ticket!.id, joined.decision.action], [b.id, "joined"])
  await close(b.id)
  const reopened = await source.says(who)
  assert.deepEqual([reopened.ticket!.id, reopened.decision.action], [b.id, "reopened"])
  assert.equal((await storedTicket(desk, b.id)).count, 4)
  const reaction = await source.says(who, { kind: "reaction", replyTo: joined.message!.id })
  assert.deepEqual([reaction.ticket!.id, reaction.decision.action], [b.id, "attached"])
})

test("a conversation merged into a ticket made by hand can be answered there, and answers wake it", async () => {
  const [a, hand] = [await writes(), await byHand()]
  const target = await merged(a.id, hand.id)
  assert.deepEqual(
    [target["contact"], (target["connection"] as { id: string }).id, target["kind"]],
    [a.contact, source.id, "support"],
  )
  assert.equal((await say(ana, hand.id, { content: "hola" })).status, 201)
  const { rows } = await desk.db.pool.query(
    "select i.value from sends s join messages m on m.id = s.message_id join contact_identities i on i.id = s.recipient where m.ticket_id = $1",
    [hand.id],
  )
  assert.deepEqual(rows, [{ value: a.who }])
  for (const status of ["pending", "resolved", "closed"]) {
    await root.call("PUT", `/tickets/${hand.id}/status`, { status })
    assert.equal((await source.says(a.who)).ticket!.id, hand.id)
    assert.equal((await storedTicket(desk, hand.id)).status, "open", `${status} goes on`)
  }
})

test("a ticket made by hand is merged into the conversation", async () => {
  const [a, hand] = [await writes(), await byHand()]
  await say(ana, hand.id, { content: "llamó y dijo que urge", isInternal: true })
  const target = await merged(hand.id, a.id)
  assert.deepEqual([target["kind"], target["messageCount"]], ["conversation", 1])
  assert.equal((await messagesOf(a.id)).length, 2)
})

test("when nothing is left to go on with, the thread is its own again", async () => {
  const [a, hand] = [await writes(), await byHand()]
  await merged(a.id, hand.id)
  await close(hand.id)
  desk.clock.pass(15 * day)
  const fresh = await source.says(a.who)
  assert.equal(fresh.decision.action, "created")
  assert.notEqual(fresh.ticket!.id, hand.id)
  assert.equal((await source.says(a.who)).ticket!.id, fresh.ticket!.id)
  const { links } = await get(root, hand.id)

  const follows = (links as { type: string; direction: string; ticket: { id: string } }[]).find(
    (one) => one.type === "follow_up",
  )
  assert.deepEqual([follows?.direction, follows?.ticket.id], ["to", fresh.ticket!.id])
})

test("a merge with itself, of other kinds, with what is not seen and of what was merged is refused; no cycle comes of it", async () => {
  const who = phone()
  const [a, b, c] = [await writes(who), await writes(who, second), await byHand()]
  assert.deepEqual(refusal(await merge(root, a.id, a.number)), [400, "invalid"])
  assert.deepEqual(refusal(await merge(root, a.id, "TKT-99999")), [404, "not_found"])
  assert.deepEqual(refusal(await merge(bruno, a.id, b.id)), [404, "not_found"])
  assert.deepEqual(refusal(await merge(carla, a.id, b.id)), [403, "forbidden"])
  const hidden = await byHand(theirs)
  assert.deepEqual(refusal(await merge(ana, a.id, hidden.id)), [404, "not_found"])
  await merged(a.id, b.id)
  for (const [from, into] of [
    [a.id, b.id],
    [a.id, c.id],
    [b.id, a.id],
    [c.id, a.id],
  ] as const)
    assert.deepEqual(refusal(await merge(root, from, into)), [409, "merged"])
  const stale = await root.call("POST", `/tickets/${b.id}/merge`, { into: c.id }, { "if-match": '"1"' })
  assert.deepEqual(refusal(stale), [412, "stale"])
})

test("tickets of different customers are merged by a lead who says why, and by nobody else", async () => {
  const [a, b] = [await writes(), await writes()]
  assert.deepEqual(refusal(await merge(ana, a.id, b.id)), [409, "other_customer"])
  assert.deepEqual(refusal(await merge(ana, a.id, b.id, why)), [403, "forbidden"])
  assert.deepEqual(refusal(await merge(sol, a.id, b.id)), [409, "other_customer"])
  assert.equal((await merge(sol, a.id, b.id, why)).status, 200)
  assert.equal((await source.says(a.who)).ticket!.id, b.id)
})

test("a message on its way goes to whom it was written to, though its ticket became another customer's", async () => {
  const [a, b] = [await writes(), await writes()]
  const queued = await say(ana, a.id, { content: "para A" })
  await merged(a.id, b.id, why)
  const [message] = (await messagesToSend(desk.db, [String(queued.body["id"])])).values()
  assert.deepEqual([message!.to?.value, message!.ticketId], [a.who, b.id])
  await acting(desk, (act) => setDelivery(act, String(queued.body["id"]), "delivered"))
  assert.equal((await actionsOf(b.id)).at(-1), "message.delivery_changed")
})

test("a merged ticket has no life of its own", async () => {
  const who = phone()
  const [a, b] = [await writes(who), await writes(who, second)]
  await merged(a.id, b.id)
  for (const [method, url, body] of [
    ["PUT", "status", { status: "open" }],
    ["PUT", "assignment", { agentId: ana.userId }],
    ["PATCH", "", { priority: "high" }],
    ["POST", "split", { messageIds: ["msg_1"], subject: "x" }],
  ] as const)
    assert.deepEqual(refusal(await root.call(method, `/tickets/${a.id}${url && `/${url}`}`, body)), [409, "merged"])
})

test("a thread that a merge leads to an active ticket has no second one: reopening an older one is refused", async () => {
  const who = phone()
  const older = await writes(who)
  await close(older.id)
  desk.clock.pass(3 * day)
  const [a, b] = [await writes(who), await writes(who, second)]
  assert.notEqual(a.id, older.id)
  await merged(a.id, b.id)
  const reopened = await root.call("PUT", `/tickets/${older.id}/status`, { status: "open" })
  assert.deepEqual([...refusal(reopened), reopened.body["number"]], [409, "thread_busy", b.number])
  await close(b.id)
  assert.equal((await root.call("PUT", `/tickets/${older.id}/status`, { status: "open" })).status, 200)
  assert.equal((await source.says(who)).ticket!.id, older.id)
  assert.deepEqual(refusal(await undo(root, a.id)), [409, "thread_busy"])
})

test("contacts that become one keep one thread each, also where merges led", async () => {
  const [x, y] = [phone(), phone()]
  const [a, b] = [await writes(x), await writes(x, second)]
  const q = await writes(y)
  await merged(a.id, b.id)
  await acting(desk, (act) => mergeContacts(act, a.contact!.id, q.contact!.id, { isOnePerson: true }))
  for (const who of [x, y]) assert.equal((await source.says(who)).ticket!.id, q.id)
  assert.equal((await second.says(y)).ticket!.id, b.id)
  assert.deepEqual(refusal(await undo(root, a.id)), [409, "thread_busy"])
})

test("of two agents who merge each other's ticket one wins and the other is refused", async () => {
  for (let round = 0; round < 5; round++) {
    const who = phone()
    const [a, b] = [await writes(who), await writes(who, second)]
    const both = await Promise.all([merge(ana, a.id, b.id), merge(sol, b.id, a.id)])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
    assert.equal(both.find(({ status }) => status === 409)!.body["code"], "merged")
  }
})

test("messages that come while tickets are merged and taken apart are all there, once, on one active ticket a thread", async () => {
  for (let round = 0; round < 6; round++) {
    const who = phone()
    const [a, b] = [await writes(who), await writes(who, second)]
    const writing = () => [source.says(who), second.says(who), say(ana, a.id, { content: "ya" })]
    await Promise.all([...writing(), merge(root, a.id, b.id), ...writing()])
    await Promise.all([...writing(), undo(root, a.id), ...writing()])
    const { rows } = await desk.db.pool.query("select count(*) as n from messages where ticket_id = any($1)", [
      [a.id, b.id],
    ])
    assert.equal(rows[0].n, 14)
  }
  await checkTheLaw(desk.db.kysely)
})
