// Splynx away, slow, refusing or behind, and servers that stand still: nothing is reopened twice, closed wrongly or forgotten.
import assert from "node:assert/strict"
import { test } from "node:test"
import { registry } from "#kernel/metrics.ts"
import { openAgreementDesk } from "#test/desks/agreement-desk.ts"
import { agreementInvariants } from "../invariants.ts"
import { updateLinkedSystemMetrics } from "../systems/linked-system-metrics.ts"

const { desk, admin, splynx, splynxId, opens, closes, sync, check, shown, look } = await openAgreementDesk()
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

test("116: a request that was carried out though no answer came counts once; one that was not is sent once more", async () => {
  for (const does of ["no-answer", "drop", "ignore"] as const) {
    const { agreementId, workNumber } = await opens()
    await closesInSplynx(workNumber)
    desk.clock.pass(7 * minute)
    const before = splynx.puts.length
    splynx.otherwise = ({ method, path }) => ({ does: method === "PUT" && path.endsWith(workNumber) ? does : "work" })
    await check()
    const { recreado, state } = await shown(agreementId)
    assert.deepEqual([recreado, state], does === "no-answer" ? [1, "agreed_open"] : [0, "acting"], does)
    splynx.otherwise = () => ({ does: "work" })
    desk.clock.pass(2 * minute)
    await check()
    assert.equal((await shown(agreementId)).recreado, 1, does)
    assert.equal(splynx.puts.slice(before).filter(({ id, done }) => id === workNumber && done).length, 1, does)
  }
})

test("an outage changes nothing: no answer, an error and a missing ticket leave it for the next run", async () => {
  const { agreementId, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  for (const step of [{ does: "drop" }, { does: "fail", status: 503 }, { does: "fail", status: 404 }] as const) {
    splynx.otherwise = () => step
    await check()
    await sync()
    assert.deepEqual([(await shown(agreementId)).recreado, putsOf(workNumber)], [0, []])
  }
  splynx.otherwise = () => ({ does: "work" })
  await check()
  assert.equal((await shown(agreementId)).recreado, 1)
  assert.equal((await saidOf(agreementId)).filter((said) => said === "hilo not_answered").length, 1, "said once")
})

test("that Splynx answers again is seen though no agreement is open any more", async () => {
  await look("update agreements set closed_at = now(), state = 'agreed_closed' where closed_at is null")
  await look("update linked_systems set failing_since = now(), failure = 'HTTP 503' where id = $1", [splynxId])
  const failure = async () => (await admin.call("GET", `/links/systems/${splynxId}`)).body["failure"]
  splynx.otherwise = () => ({ does: "fail", status: 502 })
  await sync()
  assert.equal(await failure(), "HTTP 502")
  splynx.otherwise = () => ({ does: "work" })
  await sync()
  assert.equal(await failure(), null)
  const asked = splynx.requests.length
  await sync()
  assert.equal(splynx.requests.length, asked, "one that answers is asked about tickets alone")
})

test("while Splynx does not answer, the list of systems, the measures and doctor say since when and why", async () => {
  await opens()
  const health = async () => {
    const { lastSeenAt, failingSince, failure } = (await admin.call("GET", `/links/systems/${splynxId}`)).body
    await updateLinkedSystemMetrics(desk.db.pool)
    const measured = await registry.getSingleMetricAsString("hilo_linked_system_failing_seconds")
    const seconds = Number(new RegExp(`system="${splynxId}".*name="Splynx".* ([\\d.]+)$`, "m").exec(measured)?.[1])
    const { find } = agreementInvariants.find(({ name }) => name === "linked_systems_answer")!
    const named = (await look(String(find))).map((row) => String(Object.values(row)[0]))
    return { lastSeenAt, failingSince, failure, isMeasured: seconds > 0, named }
  }
  await sync()
  const seen = { lastSeenAt: desk.now().toISOString(), failingSince: null, failure: null, isMeasured: false, named: [] }
  assert.deepEqual(await health(), seen)
  desk.clock.pass(minute)
  const failingSince = desk.now().toISOString()
  for (const [status, failure] of [
    [503, "HTTP 503"],
    [403, "HTTP 403"],
  ] as const) {
    splynx.otherwise = () => ({ does: "fail", status })
    await sync()
    const named = [`Splynx has given no answer since ${failingSince.replace(".000", "")}: ${failure}`]
    assert.deepEqual(await health(), { ...seen, failingSince, failure, isMeasured: true, named })
    desk.clock.pass(minute)
  }
  splynx.otherwise = () => ({ does: "work" })
  assert.equal((await admin.call("POST", `/links/systems/${splynxId}/test`, {})).body["ok"], true)
  assert.deepEqual(await health(), { ...seen, lastSeenAt: desk.now().toISOString() })
})

test("a Splynx that keeps connections open, or whose answers never end, is given up in time, and nothing is reopened twice", async () => {
  const { ask } = desk.outbound
  const limits = new Set<number>()
  for (const does of ["hang", "drip"] as const) {
    const { agreementId, workNumber } = await opens()
    await closesInSplynx(workNumber)
    desk.clock.pass(7 * minute)
    let held = ""
    desk.outbound.ask = (request) => {
      limits.add(request.idleMs).add(request.withinMs)
      const isHeld = request.method === held && request.url.endsWith(workNumber)
      return ask(isHeld ? { ...request, idleMs: 50, withinMs: 50 } : request)
    }
    splynx.otherwise = ({ method, path }) => {
      if (method !== held || !path.endsWith(workNumber)) return { does: "work" }
      // Of the look after it, too.
      held = "GET"
      return { does }
    }
    held = "GET"
    await check()
    assert.deepEqual([(await shown(agreementId)).state, putsOf(workNumber)], ["awaiting", []], does)
    held = "PUT"
    await check()
    assert.equal((await shown(agreementId)).state, "acting", does)
    held = ""
    desk.clock.pass(2 * minute)
    await check()
    assert.deepEqual(
      [(await shown(agreementId)).recreado, splynx.reopened.filter((id) => id === workNumber).length],
      [1, 1],
      does,
    )
  }
  Object.assign(desk.outbound, { ask })
  splynx.otherwise = () => ({ does: "work" })
  assert.ok(Math.max(...limits) <= 15_000, "the change ends within the lease of a minute")
})

test("a server that stood still for longer than its lease changes nothing of what another one did meanwhile", async () => {
  const { agreementId, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  const { ask } = desk.outbound
  desk.outbound.ask = async (request) => {
    const answer = await ask(request)
    if (request.method !== "PUT") return answer
    // Before it reads the answer the other server takes over, and asks undisturbed.
    Object.assign(desk.outbound, { ask })
    desk.clock.pass(minute + 1)
    await look("update agreement_runs set lease_until = clock_timestamp() - interval '1 second'")
    await check()
    assert.equal((await shown(agreementId)).recreado, 1)
    return answer
  }
  await check()
  const reopened = (await saidOf(agreementId)).filter((said) => said === "hilo reopened")
  assert.deepEqual([(await shown(agreementId)).recreado, reopened.length, putsOf(workNumber).length], [1, 1, 1])
})

test("what Splynx refuses to reopen is shown as a disagreement, and not asked for again", async () => {
  const { agreementId, workNumber } = await opens()
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  splynx.otherwise = ({ method }) => (method === "PUT" ? { does: "fail", status: 422 } : { does: "work" })
  await check()
  splynx.otherwise = () => ({ does: "work" })
  await check()
  const { state, recreado } = await shown(agreementId)
  assert.deepEqual([state, recreado, putsOf(workNumber).length], ["disagreed", 0, 0])
})

test("a list that says what was closes nothing: what it calls closed is asked about once more", async () => {
  const { ticketId, number, workNumber } = await opens()
  await sync()
  splynx.change(workNumber, { closed: true })
  splynx.staleList = structuredClone([...splynx.tickets.values()])
  splynx.change(workNumber, { closed: false })
  await closes(number)
  await sync()
  splynx.staleList = null
  assert.equal(await statusOf(ticketId), "open")
})

test("a list that says what was counts no reopening: what became of a request is asked for alone", async () => {
  const { agreementId, workNumber } = await opens()
  const stale = structuredClone([...splynx.tickets.values()])
  await closesInSplynx(workNumber)
  desk.clock.pass(7 * minute)
  splynx.otherwise = ({ method }) => ({ does: method === "PUT" ? "drop" : "work" })
  await check()
  splynx.otherwise = () => ({ does: "work" })
  desk.clock.pass(minute)
  splynx.staleList = stale
  await sync()
  splynx.staleList = null
  assert.deepEqual([(await shown(agreementId)).recreado, putsOf(workNumber)], [0, []])
  desk.clock.pass(minute)
  await check()
  assert.deepEqual([(await shown(agreementId)).recreado, putsOf(workNumber).length], [1, 1])
})

test("127: what fails of one ticket undoes nothing of the others", async () => {
  const [broken, whole] = [await opens(), await opens()]
  await look(
    `create function refuse_all() returns trigger language plpgsql as 'begin raise exception ''refused''; end'`,
  )
  await look(`create trigger refuse_all before update on agreements for each row
    when (old.id = '${broken.agreementId}') execute function refuse_all()`)
  for (const { workNumber } of [broken, whole]) splynx.change(workNumber, { closed: true })
  await sync()
  assert.deepEqual([await statusOf(broken.ticketId), await statusOf(whole.ticketId)], ["open", "closing"])
  await look("drop trigger refuse_all on agreements")
  await sync()
  assert.equal(await statusOf(broken.ticketId), "closing")
})
