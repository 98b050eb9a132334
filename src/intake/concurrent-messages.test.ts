// Two that come at once, on two connections to the database: the rows are as if one had come after the other.
import assert from "node:assert/strict"
import { test } from "node:test"
import { system } from "#kernel/act.ts"
import { inPipeline, type RunStatement } from "#kernel/database/pipeline.ts"
import { newId } from "#kernel/ids.ts"
import { lockTicket, mergeTickets, transition } from "#tickets/index.ts"
import { runOverlapped } from "#test/concurrent-acts.ts"
import { inboundOf, openMessageSource } from "#test/desks/message-source.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { createCampaignTickets } from "./create-campaign-tickets.ts"
import { mergeContacts } from "./identities/merge-contacts.ts"
import { unmergeContacts } from "./identities/unmerge-contacts.ts"
import { readIntakeSettings } from "./intake-settings.ts"
import { receiveBatch } from "./receive-batch.ts"
import { receiveInTransaction } from "./receive-message-in-transaction.ts"
import { receiveMessage } from "./receive-message.ts"

const desk = await openDesk(() => {})
const [source, elsewhere] = [await openMessageSource(desk), await openMessageSource(desk)]
const query = async (text: string, ...values: unknown[]) => (await desk.db.pool.query(text, values)).rows
const year = 365 * 24 * 3_600_000
/** What a bot says opens a ticket that is closed, which no index keeps from having a neighbour. */
const bot = { direction: "out", bot: true } as const

let people = 0
/** Somebody who is known, and has no ticket at the source. */
async function knownElsewhere() {
  const phone = `+57300777${String(1000 + people++)}`
  const { ticket } = await elsewhere.says(phone)
  return { phone, contactId: ticket!.contact!.id, ticketId: ticket!.id }
}
const closeTicket = (id: string) =>
  acting(desk, async (act) => transition(act, await lockTicket(act, id), { to: "closed" }))
const ticketsHere = async (contactId: string) =>
  (await query("select id from tickets where contact_id = $1 and connection_id = $2", contactId, source.id)).length
const says = (phone: string, said = {}) => receiveMessage(desk, system, inboundOf(source.id, phone, said))
const inAct =
  (phone: string, said = {}) =>
  (act: Parameters<typeof receiveInTransaction>[0]) =>
    receiveInTransaction(act, inboundOf(source.id, phone, said))

test("a first message goes on with the closed ticket that a bot's opens at the same time", async () => {
  const { phone, contactId } = await knownElsewhere()
  const { decision } = await runOverlapped(desk, inAct(phone, bot), () => says(phone))
  assert.deepEqual([decision.action, await ticketsHere(contactId)], ["reopened", 1])
})

test("so it does where the ticket before is too old to come back", async () => {
  const { phone, contactId } = await knownElsewhere()
  await closeTicket((await says(phone)).ticket!.id)
  desk.clock.pass(year)
  const { decision } = await runOverlapped(desk, inAct(phone, bot), () => says(phone))
  assert.deepEqual([decision.action, await ticketsHere(contactId)], ["reopened", 2])
})

test("two first messages of somebody blocked are on one ticket", async () => {
  const { phone, contactId } = await knownElsewhere()
  await query("update contacts set blocked = true where id = $1", contactId)
  const { decision } = await runOverlapped(desk, inAct(phone), () => says(phone))
  assert.deepEqual([decision.action, await ticketsHere(contactId)], ["attached", 1])
})

/** Does something between a batch's look at the threads and its lock on the people. */
function beforeLocking(run: RunStatement, happens: () => Promise<unknown>): RunStatement {
  let happened: Promise<unknown> = Promise.resolve()
  return async function runLater<Row>(statement: Parameters<RunStatement>[0]) {
    if (statement.name === "hold-contacts") happened = happens()
    // What is asked for together with the lock follows it.
    await happened
    return run<Row>(statement)
  }
}
const how = async () => ({ now: desk.now(), rules: await readIntakeSettings(desk.db) })

test("a batch leaves a message whose thread got a closed ticket since it looked", async () => {
  const { phone, contactId } = await knownElsewhere()
  const inbound = inboundOf(source.id, phone)
  const rules = await how()
  const settled = await inPipeline(desk.db, (run) =>
    receiveBatch(
      beforeLocking(run, () => says(phone, bot)),
      [inbound],
      rules,
    ),
  )
  const { decision } = await receiveMessage(desk, system, inbound)
  assert.deepEqual([settled.size, decision.action, await ticketsHere(contactId)], [0, "reopened", 1])
})

/** Which tickets a campaign makes of somebody who writes between its look and its lock. */
async function announcedWhileWriting(phone: string) {
  const said = inboundOf(source.id, phone, { direction: "out", campaignShipmentId: newId("shp") })
  const rules = { ...(await how()), barred: async () => new Set<string>() }
  return inPipeline(desk.db, (run) =>
    createCampaignTickets(
      beforeLocking(run, () => says(phone)),
      [said],
      rules,
    ),
  )
}

test("a campaign leaves whom somebody wrote to, or who wrote, since it looked", async () => {
  const { phone, contactId } = await knownElsewhere()
  assert.deepEqual([await announcedWhileWriting(phone), await ticketsHere(contactId)], [[], 1])
})

test("a campaign leaves whose conversation came back since it looked", async () => {
  const { phone, contactId } = await knownElsewhere()
  await closeTicket((await says(phone)).ticket!.id)
  assert.deepEqual([await announcedWhileWriting(phone), await ticketsHere(contactId)], [[], 1])
})

/** Whose conversation is now another contact's, with whom they were merged. */
async function merged() {
  const [one, other] = [await knownElsewhere(), await knownElsewhere()]
  const { ticket } = await says(one.phone)
  await acting(desk, (act) => mergeContacts(act, one.contactId, other.contactId, { isOnePerson: true }))
  return {
    ...one,
    ticketId: ticket!.id,
    undo: (act: Parameters<typeof unmergeContacts>[0]) => unmergeContacts(act, one.contactId),
  }
}

test("a message that comes while a merge of contacts is undone reopens its writer's own ticket", async () => {
  const { phone, ticketId, undo } = await merged()
  await closeTicket(ticketId)
  const { ticket } = await runOverlapped(desk, undo, () => says(phone))
  assert.equal(ticket!.id, ticketId)
})

test("in a batch it is left, and joins its writer's own ticket", async () => {
  const { phone, ticketId, undo } = await merged()
  const inbound = inboundOf(source.id, phone)
  const rules = await how()
  const settled = await runOverlapped(desk, undo, () =>
    inPipeline(desk.db, (run) => receiveBatch(run, [inbound], rules)),
  )
  const { ticket } = await receiveMessage(desk, system, inbound)
  assert.deepEqual([settled.size, ticket!.id], [0, ticketId])
})

test("a message that PostgreSQL ends, for it waits in a circle with others, is received by another try", async () => {
  const { phone } = await knownElsewhere()
  await query("create sequence circles")
  await query(`create function ends_first() returns trigger language plpgsql as $$
    begin if nextval('circles') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if; return new; end $$`)
  await query("create trigger ends_first before insert on tickets for each row execute function ends_first()")
  try {
    assert.equal((await says(phone)).decision.action, "created")
  } finally {
    await query("drop function ends_first() cascade")
  }
})

test("a reaction is where its message is, whatever that is merged into meanwhile", async () => {
  const { phone, ticketId } = await knownElsewhere()
  const { ticket: old, message } = await says(phone)
  await closeTicket(old!.id)
  desk.clock.pass(year)
  await says(phone)
  const merge = async (act: Parameters<typeof lockTicket>[0]) =>
    mergeTickets(act, await lockTicket(act, old!.id), await lockTicket(act, ticketId))
  const said = { kind: "reaction", text: "👍", replyTo: message!.id } as const
  const { ticket } = await runOverlapped(desk, merge, () => says(phone, said))
  assert.equal(ticket!.id, ticketId)
})
