import assert from "node:assert/strict"
import { test } from "node:test"
import { newId } from "#kernel/ids.ts"
import { acting, openDesk } from "#test/desks/test-desk.ts"
import { openMessageSource } from "#test/desks/message-source.ts"
import { fc } from "#test/fast-check-seed.ts"
import { type DeliveryState } from "./api-contract.ts"
import { noCounterpart } from "./insert-messages.ts"
import { insertMessage } from "./message-store.ts"
import { type Report, storeExternalId, applyReport } from "./apply-delivery-report.ts"

const desk = await openDesk(() => {})
const source = await openMessageSource(desk)
const { ticket } = await source.says("+573001234567")

/** A message of ours on its way out; the channel has not named it yet. */
async function sending(state: DeliveryState = "queued"): Promise<string> {
  const id = newId("msg")
  await acting(desk, (act) =>
    insertMessage(act, ticket!.id, {
      id,
      connectionId: source.id,
      externalId: id,
      kind: "message",
      direction: "out",
      senderKind: "system",
      senderId: null,
      content: "hola",
      contentHtml: null,
      isInternal: false,
      replyTo: null,
      deliveryState: state,
      sentAt: act.now,
      ...noCounterpart,
      position: null,
      now: act.now,
    }),
  )
  return id
}

const report = (externalId: string, status: Report["status"], more: Partial<Report> = {}): Report => ({
  connectionId: source.id,
  externalId,
  status,
  participant: "",
  at: desk.now(),
  code: status === "failed" ? 131026 : null,
  reason: status === "failed" ? "undeliverable" : null,
  failureClass: status === "failed" ? "recipient" : null,
  messageId: null,
  ...more,
})
const take = (one: Report) => acting(desk, (act) => applyReport(act, one))
const stored = async (id: string) => {
  const { rows } = await desk.db.pool.query(
    `select delivery_state as state, delivery_reason as reason, delivery_code as code, external_id as "externalId"
     from messages where id = $1`,
    [id],
  )
  return rows[0] as { state: DeliveryState; reason: string | null; code: number | null; externalId: string }
}

test("whatever the order, the repeats and when we learn the id: the furthest report is the state", async () => {
  const further: Report["status"][] = ["sent", "failed", "delivered", "read"]
  const status = fc.constantFrom(...further)
  const steps = fc.array(status, { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(8), fc.boolean(), async (statuses, named, callsBack) => {
      const [id, wamid] = [await sending(), newId("wamid")]
      let isStored = false
      for (const [i, one] of statuses.entries()) {
        if (i === named) await acting(desk, (act) => storeExternalId(act, id, wamid))
        isStored ||= i === named
        await take(report(wamid, one, callsBack ? { messageId: id } : {}))
      }
      if (!isStored) await acting(desk, (act) => storeExternalId(act, id, wamid))
      const expected = further[Math.max(...statuses.map((one) => further.indexOf(one)))]
      const { state, reason, code, externalId } = await stored(id)
      const why = expected === "failed" ? ["undeliverable", 131026] : [null, null]
      assert.deepEqual([state, reason, code, externalId], [expected, ...why, wamid])
      const kept = await desk.db.pool.query(
        "select status, message_id as of from delivery_reports where external_id = $1 order by status",
        [wamid],
      )
      const once = [...new Set(statuses)].toSorted().map((one) => ({ status: one, of: id }))
      assert.deepEqual(kept.rows, once)
    }),
    { numRuns: 60 },
  )
})

test("a report and the answer to our send that cross each other both count", async () => {
  for (let i = 0; i < 20; i++) {
    const [id, wamid] = [await sending(), newId("wamid")]
    await Promise.all([
      take(report(wamid, "delivered")),
      acting(desk, (act) => storeExternalId(act, id, wamid)),
      take(report(wamid, "sent")),
    ])
    assert.equal((await stored(id)).state, "delivered")
  }
})

test("a try that was never answered is settled by what we gave along", async () => {
  const [id, wamid] = [await sending("unknown"), newId("wamid")]
  assert.equal(await take(report(wamid, "sent", { messageId: id })), "applied")
  assert.deepEqual(await stored(id), { state: "sent", reason: null, code: null, externalId: wamid })
  assert.equal(await take(report(wamid, "sent", { messageId: id })), "repeated")
})

test("after a second try, what is said of the first no longer counts", async () => {
  const [id, first, second] = [await sending(), newId("wamid"), newId("wamid")]
  await acting(desk, (act) => storeExternalId(act, id, first))
  await take(report(first, "sent", { messageId: id }))
  await acting(desk, (act) => storeExternalId(act, id, second))
  assert.equal(await take(report(first, "failed", { messageId: id })), "outdated")
  assert.deepEqual(await stored(id), { state: "sent", reason: null, code: null, externalId: second })
})

test("nobody's report moves a message of another connection, or one that came in", async () => {
  const other = await openMessageSource(desk)
  const id = await sending()
  const stolen = { ...report(newId("wamid"), "read", { messageId: id }), connectionId: other.id }
  assert.equal(await take(stolen), "waiting")
  const { message } = await source.says("+573001234567", { externalId: "theirs" })
  assert.equal(await take(report("theirs", "failed", { messageId: message!.id })), "waiting")
  assert.deepEqual([(await stored(id)).state, (await stored(message!.id)).state], ["queued", "received"])
})

test("in a group everybody reports for themselves, and the first that read counts", async () => {
  const [id, wamid] = [await sending(), newId("wamid")]
  await acting(desk, (act) => storeExternalId(act, id, wamid))
  for (const participant of ["573001", "573002"]) await take(report(wamid, "delivered", { participant }))
  await take(report(wamid, "read", { participant: "573002" }))
  const kept = await desk.db.pool.query("select count(*) as n from delivery_reports where external_id = $1", [wamid])
  assert.deepEqual([(await stored(id)).state, kept.rows[0].n], ["read", 3])
})

test("each step forward is one fact, with what is known of a failure and no words of anybody", async () => {
  const [id, wamid] = [await sending(), newId("wamid")]
  for (const status of ["sent", "failed", "sent", "failed"] as const)
    await take(report(wamid, status, { messageId: id }))
  const { rows } = await desk.db.pool.query(
    "select data from events where kind = 'message.delivery_changed' and subject_id = $1 order by id",
    [id],
  )
  assert.deepEqual(
    rows.map((row) => row.data),
    [
      { from: "queued", to: "sent" },
      { from: "sent", to: "failed", code: 131026, class: "recipient" },
    ],
  )
})
