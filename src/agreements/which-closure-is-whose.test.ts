// Which opening and which closure of the record system belong to which agreement, and to a ticket of the work system.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openAgreementDesk } from "#test/desks/agreement-desk.ts"
import { acting } from "#test/desks/test-desk.ts"
import { waitUntil } from "#test/server-process.ts"
import { openAgreement } from "./open-agreement.ts"

const { desk, admin, splynx, splynxId, recordId, opens, closes, sync, check, shown, look } = await openAgreementDesk()
const minute = 60_000
const statusOf = async (ticketId: string) =>
  (await look("select status from tickets where id = $1", [ticketId]))[0].status
/** Somebody closes it in Splynx, and Hilo asks. */
async function closesInSplynx(workNumber: string) {
  splynx.change(workNumber, { closed: true, status_id: "3" })
  await sync()
}

test("115: equal numbers of several companies are kept apart; a closure that names none counts where one alone is open", async () => {
  const [north, south] = [
    await opens({ number: "900", company: "Norte" }),
    await opens({ number: "900", company: "Sur" }),
  ]
  for (const { workNumber } of [north, south]) splynx.change(workNumber, { closed: true })
  await sync()
  assert.equal((await closes("900", { company: null })).because, "several")
  assert.equal((await closes("900", { company: "Oeste" })).because, "unknown")
  assert.equal((await closes("900", { company: "  norte " })).agreementId, north.agreementId)
  assert.deepEqual([await statusOf(north.ticketId), await statusOf(south.ticketId)], ["closed", "closing"])
  const unmatched = await admin.call("GET", "/agreements/unmatched-closures")
  const because = (unmatched.body["items"] as { because: string }[]).map((one) => one.because)
  assert.deepEqual(because.slice(0, 2), ["unknown", "several"])
  assert.equal((await closes("900", { company: null })).agreementId, south.agreementId)
  assert.equal(await statusOf(south.ticketId), "closed")
})

test("126: a closure that came before its opening counts for the first cycle, unless it is older than that", async () => {
  const openedAt = desk.now()
  await closes("950", { closedAt: new Date(openedAt.getTime() - minute) })
  await closes("951", { closedAt: openedAt })
  const [stale, early] = [await opens({ number: "950", openedAt }), await opens({ number: "951", openedAt })]
  for (const { workNumber } of [stale, early]) splynx.change(workNumber, { closed: true })
  await sync()
  assert.deepEqual([await statusOf(stale.ticketId), await statusOf(early.ticketId)], ["closing", "closed"])
})

test("a closure that came a moment before its opening and is processed after it counts, unless it is older than that", async () => {
  const [openedAt, justBefore] = [desk.now(), new Date(desk.now().getTime() - 5)]
  const [early, stale] = [await opens({ number: "970", openedAt }), await opens({ number: "971", openedAt })]
  await closes("970", { receivedAt: justBefore, closedAt: openedAt })
  await closes("971", { receivedAt: justBefore, closedAt: new Date(openedAt.getTime() - minute) })
  for (const { workNumber } of [early, stale]) splynx.change(workNumber, { closed: true })
  await sync()
  assert.deepEqual([await statusOf(early.ticketId), await statusOf(stale.ticketId)], ["closed", "closing"])
})

test("a closure that came just before its opening counts, however late the opening is processed", async () => {
  const receivedAt = new Date(desk.now().getTime() - 120 * minute)
  await closes("980", { receivedAt: new Date(receivedAt.getTime() - minute) })
  const { ticketId, workNumber } = await opens({ number: "980", receivedAt })
  await closesInSplynx(workNumber)
  assert.equal(await statusOf(ticketId), "closed")
})

test("the same problem said again is one ticket; once that is closed, a number that comes again is another", async () => {
  const first = await opens({ number: "960" })
  const again = await opens({ number: "960", workNumber: first.workNumber })
  assert.deepEqual([again.ticketId, again.isNew], [first.ticketId, false])
  await closes("960")
  await closesInSplynx(first.workNumber)
  const next = await opens({ number: "960" })
  assert.notEqual(next.ticketId, first.ticketId)
  assert.equal((await shown(next.agreementId)).state, "agreed_open", "the old closure is none of its own")
})

test("the closure of an agreement that is over stays its own when its problem is said again", async () => {
  const openedAt = desk.now()
  const over = await opens({ number: "961", openedAt })
  assert.equal((await admin.call("POST", `/agreements/${over.agreementId}/close`, { reason: "Resuelto" })).status, 200)
  assert.equal((await closes("961", { closedAt: desk.now() })).because, "over")
  const { evidence } = await shown(over.agreementId)
  const next = await opens({ number: "961", openedAt })
  assert.equal((await shown(next.agreementId)).state, "agreed_open")
  assert.deepEqual((await shown(over.agreementId)).evidence, evidence)
})

test("a closure processed before its opening counts for it, though its number had another agreement that is over", async () => {
  const first = { number: "962", openedAt: desk.now() }
  const over = await opens(first)
  assert.equal((await admin.call("POST", `/agreements/${over.agreementId}/close`, { reason: "Resuelto" })).status, 200)
  const openedAt = new Date(desk.now().getTime() + minute)
  const own = await closes("962", { closedAt: new Date(openedAt.getTime() - 1) })
  await closes("962", { closedAt: new Date(openedAt.getTime() + 1) })
  assert.deepEqual(own, { agreementId: over.agreementId, because: "over" })
  const next = await opens({ number: "962", openedAt })
  await closesInSplynx(next.workNumber)
  assert.equal(await statusOf(next.ticketId), "closed")
  const closuresOf = async (id: string) => (await shown(id)).evidence.filter(({ said }) => said === "closed").length
  assert.deepEqual([await closuresOf(over.agreementId), (await shown(next.agreementId)).recreado], [1, 0])
})

test("a problem without a ticket in Splynx gets one there, once, though the answer is lost", async () => {
  const { agreementId } = await opens({ workNumber: null })
  const before = splynx.tickets.size
  splynx.otherwise = ({ method }) => ({ does: method === "POST" ? "no-answer" : "work" })
  await check()
  splynx.otherwise = () => ({ does: "work" })
  await check()
  const { splynxTicketId, state } = await shown(agreementId)
  assert.deepEqual([splynx.tickets.size - before, state], [1, "agreed_open"])
  assert.equal(splynx.tickets.get(String(splynxTicketId))?.customer_id, "77")
})

test("a number that comes after Splynx refused to open the ticket is followed like any other", async () => {
  const { agreementId, number } = await opens({ workNumber: null })
  splynx.otherwise = ({ method }) => (method === "POST" ? { does: "fail", status: 422 } : { does: "work" })
  await check()
  splynx.otherwise = () => ({ does: "work" })
  const { workNumber } = await opens({ number })
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  await check()
  assert.deepEqual([(await shown(agreementId)).recreado, splynx.tickets.get(workNumber)?.closed], [1, false])
})

test("a problem that is over before Splynx answered is opened there no second time; one that was opened is followed to its end", async () => {
  for (const does of ["drop", "no-answer"] as const) {
    const { agreementId, ticketId, number } = await opens({ workNumber: null })
    const before = splynx.tickets.size
    splynx.otherwise = ({ method }) => ({ does: method === "POST" ? does : "work" })
    await check()
    splynx.otherwise = () => ({ does: "work" })
    await closes(number)
    await check()
    const isOpenedThere = does === "no-answer"
    const { splynxTicketId, state } = await shown(agreementId)
    assert.equal(splynx.tickets.size - before, isOpenedThere ? 1 : 0, does)
    assert.deepEqual([splynxTicketId !== null, state], [isOpenedThere, isOpenedThere ? "disagreed" : "agreed_closed"])
    if (isOpenedThere) await closesInSplynx(String(splynxTicketId))
    assert.equal(await statusOf(ticketId), "closed", does)
  }
})

test("a problem is over when it is closed though Splynx is not reached: nothing was opened there", async () => {
  const { ticketId, number } = await opens({ workNumber: null })
  const linked = `/links/systems/${splynxId}`
  const moveTo = (to: string) => admin.call("PATCH", linked, { settings: { baseUrl: to } })
  assert.equal((await moveTo("http://127.0.0.1:9")).status, 200)
  await check()
  await closes(number)
  assert.equal(await statusOf(ticketId), "closed")
  assert.equal((await moveTo(splynx.url)).status, 200)
})

test("a linked system is removed once its agreements are closed, and not while one is being opened", async () => {
  const systems = [recordId, splynxId].map((id) => `/links/systems/${id}`)
  const closeAll = async () => {
    const open = await look("select id from agreements where closed_at is null")
    for (const { id } of open)
      assert.equal((await admin.call("POST", `/agreements/${id}/close`, { reason: "Ya no se usa" })).status, 200)
    return open.length
  }
  const refusals = []
  for (const path of systems) refusals.push(await admin.call("DELETE", path))
  const open = await closeAll()
  assert.ok(open > 1)
  for (const { status, body } of refusals)
    assert.deepEqual([status, body["code"], body["openAgreements"]], [409, "in_use", open])
  const { removals } = await acting(desk, async (act) => {
    const from = { systemId: recordId, openedAt: null, receivedAt: act.now, hookId: 1 }
    await openAgreement(act, {
      ...from,
      number: "990",
      company: "",
      motive: null,
      customerNumber: "7",
      workNumber: "9",
    })
    const removals = systems.map((path) => admin.call("DELETE", path))
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    await waitUntil("both wait", async () => (await look(waits)).length === 2)
    return { removals }
  })
  assert.deepEqual(
    (await Promise.all(removals)).map(({ status }) => status),
    [409, 409],
  )
  assert.equal(await closeAll(), 1)
  for (const path of systems) assert.equal((await admin.call("DELETE", path)).status, 204)
})
