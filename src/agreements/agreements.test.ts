// The cases of source document 002 between a Splynx that is asked over HTTP and what Gestión Real says, on one desk.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Statement } from "#kernel/db.ts"
import { openAgreementDesk } from "#test/desks/agreement-desk.ts"
import { agreementJobs } from "./jobs.ts"
import { agreementsToSettle } from "./reopening/unsettled-agreement-store.ts"

const { desk, admin, splynx, opens, closes, sync, check, shown, set, look } = await openAgreementDesk()
const minute = 60_000
const statusOf = async (ticketId: string) =>
  (await look("select status from tickets where id = $1", [ticketId]))[0].status
const putsOf = (id: string) => splynx.puts.filter((put) => put.id === id)
const saidOf = async (id: string) => (await shown(id)).evidence.map(({ system, said }) => `${system} ${said}`)
/** Somebody closes it in Splynx, and Hilo asks. */
async function closesInSplynx(workNumber: string) {
  splynx.change(workNumber, { closed: true, status_id: "3" })
  await sync()
}

test("case 1: closed in Splynx alone, it is open there again at exactly seven minutes, once", async () => {
  const { agreementId, ticketId, workNumber } = await opens()
  await sync()
  await closesInSplynx(workNumber)
  const waiting = await shown(agreementId)
  assert.deepEqual([waiting.state, waiting.recreado, await statusOf(ticketId)], ["awaiting", 0, "closing"])
  assert.equal(waiting.splynxClosedAt, desk.now().toISOString())
  assert.equal(waiting.deadline, new Date(desk.now().getTime() + 7 * minute).toISOString())
  desk.clock.pass(5 * minute)
  await sync()
  assert.equal((await shown(agreementId)).splynxClosedAt, waiting.splynxClosedAt, "asking again starts no new window")
  desk.clock.pass(2 * minute - 1)
  assert.equal((await check()).acted, 0)
  assert.deepEqual(putsOf(workNumber), [])
  desk.clock.pass(1)
  await Promise.all([check(), check()])
  assert.deepEqual(
    putsOf(workNumber).map(({ body }) => body),
    [{ closed: "0", status_id: "1" }],
  )
  const reopened = await shown(agreementId)
  assert.deepEqual([reopened.state, reopened.recreado, reopened.splynxClosedAt], ["agreed_open", 1, null])
  assert.equal(await statusOf(ticketId), "open")
  assert.equal(splynx.tickets.get(workNumber)!.closed, false)
  assert.deepEqual(await saidOf(agreementId), [
    "gestionreal opened",
    "splynx open",
    "splynx closed",
    "hilo window_started",
    "hilo reopen_requested",
    "splynx open",
    "hilo reopened",
  ])
  await check()
  assert.equal(putsOf(workNumber).length, 1)
})

test("case 2: closed in Gestión Real within the window, it is closed at once, and splynxClosedAt is cleared", async () => {
  const { agreementId, ticketId, number, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(3 * minute)
  assert.equal((await closes(number)).because, "matched")
  const closed = await shown(agreementId)
  assert.deepEqual([closed.state, closed.splynxClosedAt, await statusOf(ticketId)], ["agreed_closed", null, "closed"])
  assert.equal(closed.closedAt, desk.now().toISOString())
  desk.clock.pass(10 * minute)
  await check()
  assert.deepEqual(putsOf(workNumber), [])
})

test("case 3: closed in Gestión Real first, it is closed as soon as Splynx says so, and no window ever runs", async () => {
  const { agreementId, ticketId, number, workNumber } = await opens()
  await closes(number)
  assert.deepEqual([(await shown(agreementId)).state, await statusOf(ticketId)], ["disagreed", "open"])
  await closesInSplynx(workNumber)
  assert.equal(await statusOf(ticketId), "closed")
  assert.ok(!(await saidOf(agreementId)).includes("hilo window_started"))
})

test("122: opened again in Splynx within the window, the window is cleared and nothing counted", async () => {
  const { agreementId, ticketId, workNumber } = await opens()
  await closesInSplynx(workNumber)
  splynx.change(workNumber, { closed: false, status_id: "2" })
  desk.clock.pass(8 * minute)
  await check()
  const open = await shown(agreementId)
  assert.deepEqual(
    [open.state, open.recreado, await statusOf(ticketId), putsOf(workNumber)],
    ["agreed_open", 0, "open", []],
  )
})

test("114: a closure of an earlier cycle closes nothing in a later one; one that crosses the request is not lost", async () => {
  const { agreementId, ticketId, number, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  await check()
  await closes(number, { receivedAt: new Date(desk.now().getTime() - 30 * minute) })
  await closesInSplynx(workNumber)
  assert.equal(await statusOf(ticketId), "closing")
  desk.clock.pass(7 * minute)
  let crossing: Promise<unknown> = Promise.resolve()
  splynx.otherwise = ({ method }) => {
    if (method === "PUT") crossing = closes(number)
    return { does: "work" }
  }
  await check()
  await crossing
  splynx.otherwise = () => ({ does: "work" })
  await closesInSplynx(workNumber)
  const { state, recreado } = await shown(agreementId)
  assert.deepEqual([state, recreado, await statusOf(ticketId)], ["agreed_closed", 2, "closed"])
})

test("the two jobs run by themselves, every five minutes and every two", () => {
  const jobs = agreementJobs(desk).flatMap(({ name, cron }) => (cron === undefined ? [] : [[name, cron]]))
  assert.deepEqual(jobs, [
    ["sync-tickets-status", "*/5 * * * *"],
    ["ticket-reopen-checker", "*/2 * * * *"],
  ])
})

test("113: without a number in the record system it is closed directly", async () => {
  const { agreementId, ticketId, workNumber } = await opens()
  await look("update agreements set record_number = null where id = $1", [agreementId])
  await closesInSplynx(workNumber)
  assert.equal(await statusOf(ticketId), "closed")
})

test("128: the window is read each time: 0, changed while it runs, invalid", async () => {
  await set("TICKET_REOPEN_WINDOW_MINUTES", 0)
  const [first, second, third] = [await opens(), await opens(), await opens()]
  await closesInSplynx(first.workNumber)
  await check()
  assert.equal((await shown(first.agreementId)).recreado, 1, "0 is at once")
  await set("TICKET_REOPEN_WINDOW_MINUTES", 30)
  await closesInSplynx(second.workNumber)
  desk.clock.pass(10 * minute)
  await check()
  assert.equal((await shown(second.agreementId)).state, "awaiting")
  await set("TICKET_REOPEN_WINDOW_MINUTES", 10)
  await check()
  assert.equal((await shown(second.agreementId)).recreado, 1)
  await look("update settings set value = '-3' where name = 'TICKET_REOPEN_WINDOW_MINUTES'")
  await closesInSplynx(third.workNumber)
  desk.clock.pass(7 * minute - 1)
  await check()
  assert.equal((await shown(third.agreementId)).recreado, 0)
  desk.clock.pass(1)
  await check()
  assert.equal((await shown(third.agreementId)).recreado, 1, "an invalid one is 7")
  for (const value of [-1, 1.5, "7", 20_000]) await assert.rejects(set("TICKET_REOPEN_WINDOW_MINUTES", value), /value:/)
  await set("TICKET_REOPEN_WINDOW_MINUTES", 7)
})

test("at the third reopening it is escalated, and the rules go on", async () => {
  const { agreementId, ticketId, workNumber } = await opens()
  for (let n = 0; n < 4; n++) {
    await closesInSplynx(workNumber)
    desk.clock.pass(7 * minute)
    await check()
    desk.clock.pass(minute)
  }
  const { state, recreado } = await shown(agreementId)
  assert.deepEqual([state, recreado], ["escalated", 4])
  const events = await look(
    "select data from events where ticket_id = $1 and kind = 'agreement.escalated' order by id",
    [ticketId],
  )
  assert.deepEqual(
    events.map(({ data }) => [data.recreado, data.notifyIds.length]),
    [
      [3, 1],
      [4, 1],
    ],
  )
})

test("shadow mode says what it would do and does nothing, until it is off", async () => {
  await set("agreements.shadow", true)
  const { agreementId, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  await check()
  await check()
  assert.deepEqual([(await shown(agreementId)).state, putsOf(workNumber)], ["disagreed", []])
  assert.equal((await saidOf(agreementId)).filter((said) => said === "hilo nothing_done").length, 1)
  await set("agreements.shadow", false)
  await check()
  assert.deepEqual([(await shown(agreementId)).recreado, putsOf(workNumber).length], [1, 1])
})

test("what shadow mode keeps is looked at once, and nothing of it is lost when it is off", async () => {
  const lost = await opens({ workNumber: null })
  const before = splynx.tickets.size
  splynx.otherwise = ({ method }) => ({ does: method === "POST" ? "drop" : "work" })
  await check()
  splynx.otherwise = () => ({ does: "work" })
  await set("agreements.shadow", true)
  const [kept, unopened] = [await opens(), await opens({ workNumber: null })]
  await closesInSplynx(kept.workNumber)
  desk.clock.pass(7 * minute)
  await check()
  const left = await agreementsToSettle(desk, "", 100)
  for (const [what, { agreementId }] of Object.entries({ lost, kept, unopened }))
    assert.ok(!left.includes(agreementId), what)
  const asked = splynx.requests.length
  await check()
  assert.equal(splynx.requests.length, asked)
  await set("agreements.shadow", false)
  await check()
  assert.deepEqual([(await shown(kept.agreementId)).recreado, putsOf(kept.workNumber).length], [1, 1])
  for (const { agreementId } of [lost, unopened]) assert.ok((await shown(agreementId)).splynxTicketId)
  assert.equal(splynx.tickets.size - before, 3, "each was opened once, and one was there")
})

test("124: open tickets are asked for a hundred at a time, and what says what it said costs nothing more", async () => {
  await sync()
  const open = await look("select from agreements where closed_at is null and work_number is not null")
  const [before, said] = [splynx.requests.length, await look("select max(id) as id from agreement_evidence")]
  const { checked, acted } = await sync()
  assert.deepEqual([checked, acted], [open.length, 0])
  assert.equal(splynx.requests.length - before, Math.ceil(open.length / 100))
  assert.deepEqual(await look("select max(id) as id from agreement_evidence"), said)
})

test("what a system says and what Hilo does of a ticket is an event, so that open screens show it", async () => {
  const { ticketId, number, workNumber } = await opens()
  await closes(number)
  const eventsOf = async () =>
    (
      await look(
        "select data ->> 'said' as said from events where kind = 'agreement.evidence_added' and ticket_id = $1 order by id",
        [ticketId],
      )
    ).map(({ said }) => said)
  assert.deepEqual(await eventsOf(), ["opened", "closed"])
  await sync()
  assert.deepEqual(await eventsOf(), ["opened", "closed"], "that it is open as before is none")
  await closesInSplynx(workNumber)
  assert.deepEqual(await eventsOf(), ["opened", "closed", "closed", "agreed_closed"])
})

test("what the list shows of each is looked up for the rows of its page alone", async () => {
  const { run } = desk.db
  const statements: Statement[] = []
  desk.db.run = (statement) => {
    statements.push(statement)
    return run(statement)
  }
  const { body } = await admin.call("GET", "/agreements?limit=1").finally(() => (desk.db.run = run))
  assert.ok(Number(body["total"]) > 2)
  const [row] = body["items"] as { id: string; evidence: object[] }[]
  const { evidence } = await shown(row!.id)
  assert.deepEqual([row!.evidence, evidence.length > 1], [JSON.parse(JSON.stringify(evidence.slice(-1))), true])
  const { text, values } = statements.find((one) => one.text.includes("json_agg"))!
  const plan = JSON.stringify(await look(`explain (analyze, format json) ${text}`, values))
  const lookUps = plan.match(/(?<="Relation Name":"users"[^{}]*"Actual Loops":)\d+/g)
  assert.deepEqual(lookUps?.map(Number), [2], "one more than is shown says whether there is a next page")
})

test("130: whichever way it is closed, ticket and agreement are closed at the same instant", async () => {
  const rows =
    await look(`select a.closed_at = t.closed_at as same from agreements a join tickets t on t.id = a.ticket_id
    where a.closed_at is not null`)
  assert.ok(rows.length >= 4)
  assert.ok(rows.every(({ same }) => same))
})
