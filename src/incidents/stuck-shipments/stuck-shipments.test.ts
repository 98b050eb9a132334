// Shipments that do not move after somebody was written to about them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { openIncidentDesk } from "#test/desks/incident-desk.ts"
import { stuckReason } from "./stuck-rule.ts"
import { TicketRules } from "../ticket-rules-library-for-other-programs.ts"

const { desk, cron, contact, move, admin, patch } = await openIncidentDesk()
const hour = 3_600_000
const ago = (hours: number, ms = 0) => new Date(desk.now().getTime() - hours * hour + ms)
const found = async (guia: string) =>
  (await admin("GET", "?limit=100")).body.tickets.filter((ticket) => ticket.guia === guia)

/** As a wall clock in Bogota shows it, five hours behind UTC. */
const inBogota = (at: Date) => new Date(at.getTime() - 5 * hour).toISOString().slice(0, 19).replace("T", " ")

type Case = [what: string, guia: string, prepare: () => Promise<unknown>, expected: string | null]
const cases: Case[] = [
  ["at 48:00:00 it fires", "S-EXACT", () => contact("S-EXACT", ago(48)), "NO_MOVEMENT_AFTER_CONTACT media"],
  ["at 47:59:59.999 it does not", "S-EARLY", () => contact("S-EARLY", ago(48, 1)), null],
  [
    "without any movement on record it is stuck",
    "S-NONE",
    () => contact("S-NONE", ago(60)),
    "NO_MOVEMENT_AFTER_CONTACT media",
  ],
  [
    "a movement after the contact: not stuck",
    "S-MOVED",
    async () => [await contact("S-MOVED", ago(60)), await move("S-MOVED", "EN REPARTO", ago(60, 1))],
    null,
  ],
  [
    "a movement at the very instant is none after it",
    "S-EQUAL",
    async () => [await contact("S-EQUAL", ago(60)), await move("S-EQUAL", "EN REPARTO", ago(60))],
    "NO_MOVEMENT_AFTER_CONTACT media",
  ],
  [
    "a movement without a zone is told by the clock of Bogota",
    "S-BOGOTA",
    async () => [
      await contact("S-BOGOTA", ago(60)),
      await move("S-BOGOTA", "EN REPARTO", ago(60), { at: inBogota(ago(59)) }),
    ],
    null,
  ],
  [
    "a movement in the future is one after the contact",
    "S-FUTURE",
    async () => [await contact("S-FUTURE", ago(60)), await move("S-FUTURE", "EN REPARTO", ago(-24))],
    null,
  ],
  [
    "at the office now",
    "S-OFFICE",
    async () => [await contact("S-OFFICE", ago(60)), await move("S-OFFICE", "RECLAME EN OFICINA", ago(90))],
    "AT_OFFICE_STILL alta",
  ],
  [
    "EN AGENCIA is at the office at TCC",
    "S-TCC",
    async () => [await contact("S-TCC", ago(60)), await move("S-TCC", "EN AGENCIA", ago(90))],
    "AT_OFFICE_STILL alta",
  ],
  [
    "EN AGENCIA is under way at Envía",
    "S-ENVIA",
    async () => [
      await contact("S-ENVIA", ago(60)),
      await move("S-ENVIA", "EN AGENCIA", ago(90), { transportadora: "Envía" }),
    ],
    "NO_MOVEMENT_AFTER_CONTACT media",
  ],
  ...["ENTREGADO", "DEVUELTO", "CANCELADO", "INDEMNIZADA"].map((word): Case => {
    const guia = `S-${word}`
    return [
      `${word}: nothing more is to come`,
      guia,
      async () => [await contact(guia, ago(60)), await move(guia, word, ago(90))],
      null,
    ]
  }),
  [
    "handed over to the carrier is not delivered",
    "S-HANDED",
    async () => [await contact("S-HANDED", ago(60)), await move("S-HANDED", "ENTREGADO A TRANSPORTADORA", ago(90))],
    "NO_MOVEMENT_AFTER_CONTACT media",
  ],
  [
    "of several contacts the latest counts",
    "S-SEVERAL",
    async () => [await contact("S-SEVERAL", ago(80)), await contact("S-SEVERAL", ago(20))],
    null,
  ],
  [
    "a contact that failed later does not count",
    "S-REVOKED",
    async () => [
      await contact("S-REVOKED", ago(60), { actionId: "act_revoked" }),
      await contact("S-REVOKED", ago(59), { actionId: "act_revoked", status: "FAILED", errorCode: 130429 }),
    ],
    null,
  ],
  ["only WhatsApp messages are contacts", "S-CALL", () => contact("S-CALL", ago(60), { type: "PHONE_CALL" }), null],
  ["contacts of more than seven days are not looked at", "S-OLD", () => contact("S-OLD", ago(24 * 7)), null],
  [
    "a movement that comes late does not undo a newer one",
    "S-LATE",
    async () => [
      await contact("S-LATE", ago(60)),
      await move("S-LATE", "EN REPARTO", ago(10)),
      await move("S-LATE", "EN OFICINA", ago(90)),
    ],
    null,
  ],
]

test("the hourly check finds what is stuck, in words that say which and why", async () => {
  for (const [, , prepare] of cases) await prepare()
  const { checked, created } = await cron()
  const stuck = cases.filter(([, , , expected]) => expected !== null)
  assert.equal(created.length, stuck.length)
  assert.ok(checked >= stuck.length)
})

for (const [what, guia, , expected] of cases) {
  test(what, async () => {
    const tickets = await found(guia)
    assert.deepEqual(
      tickets.map(({ trigger, priority }) => `${trigger} ${priority}`),
      expected === null ? [] : [expected],
    )
  })
}

test("run again it changes nothing and reports nothing", async () => {
  const before = (await admin("GET", "?limit=100")).body.tickets
  assert.deepEqual((await cron()).created, [])
  assert.deepEqual((await admin("GET", "?limit=100")).body.tickets, before)
})

test("a new contact joins with its refs; a closed one does not come back for the old contact", async () => {
  const [ticket] = await found("S-OFFICE")
  assert.deepEqual([ticket!.actionRefs.length, ticket!.eventRefs.length], [1, 1])
  for (const status of ["IN_PROGRESS", "RESOLVED", "CLOSED"]) await patch(ticket!.ticketId, { status })
  assert.deepEqual((await cron()).created, [])
  await contact("S-OFFICE", ago(50))
  const { created } = await cron()
  assert.equal(created.length, 1)
  assert.notEqual(created[0], ticket!.ticketId)
  await contact("S-NONE", ago(49), { actionId: "act_again" })
  assert.deepEqual((await cron()).created, [])
  const [none] = await found("S-NONE")
  assert.deepEqual(none!.timeline.at(-1)!.details, { newActionRefs: ["act_again"] })
})

test("two checks at once make each ticket once", async () => {
  for (let i = 0; i < 20; i++) await contact(`S-TWICE-${i}`, ago(70))
  const [one, two] = await Promise.all([cron(), cron()])
  assert.equal(new Set([...one.created, ...two.created]).size, 20)
  assert.equal(one.created.length + two.created.length, 20)
})

test("a mapped status changes the shipments that have it", async () => {
  await contact("S-WORD", ago(60))
  const report = await move("S-WORD", "Esperando al cliente", ago(90))
  assert.equal(report["canonical"], "UNKNOWN")
  const { rows } = await desk.db.pool.query(
    "select times::int from unknown_carrier_statuses where word = 'ESPERANDO AL CLIENTE'",
  )
  assert.deepEqual(rows, [{ times: 1 }])
})

const at = (iso: string) => new Date(iso)

test("the library has the documented signatures, keeps to the rules, and lets one failing callback pass", async () => {
  TicketRules.use(desk)
  const log = { actionId: "act_lib1", guia: "LIB-1", retryCount: 0 }
  const made = await TicketRules.processFailedAction(log, 404, "to 300 123 4567")
  assert.deepEqual(
    [made?.trigger, made?.priority, made?.metadata.failureReason],
    ["FAILED_4XX", "alta", "to [PHONE_REDACTED]"],
  )
  assert.equal(await TicketRules.processFailedAction({ ...log, actionId: "act_lib2" }, 429, "slow down"), null)
  assert.equal(
    await TicketRules.processFailedAction({ ...log, actionId: "act_lib3", retryCount: 1 }, 503, "down"),
    null,
  )
  const contacts = ["LIB-A", "LIB-B", "LIB-C"].map((guia) => ({ guia, actionId: `act_${guia}`, at: ago(72) }))
  const movement = (guia: string) => {
    if (guia === "LIB-B") throw new Error("no answer")
    return guia === "LIB-A" ? { at: ago(80), estatus: "EN OFICINA" } : null
  }
  const tickets = await TicketRules.checkStuckShipments(
    async () => contacts,
    async (guia) => movement(guia),
  )
  assert.deepEqual(tickets.map(({ guia, trigger }) => `${guia} ${trigger}`).toSorted(), [
    "LIB-A AT_OFFICE_STILL",
    "LIB-C NO_MOVEMENT_AFTER_CONTACT",
  ])
  assert.deepEqual(
    await TicketRules.checkStuckShipments(
      () => contacts,
      (guia) => (guia === "LIB-B" ? { at: ago(1) } : movement(guia)),
    ),
    [],
  )
})

test("the rule alone says the same as the hourly check", () => {
  const now = at("2026-11-22T12:00:00Z")
  const contacted = at("2026-11-20T12:00:00Z")
  assert.equal(stuckReason(contacted, null, now)?.trigger, "NO_MOVEMENT_AFTER_CONTACT")
  assert.equal(stuckReason(contacted, { at: contacted, canonical: "IN_OFFICE" }, now)?.trigger, "AT_OFFICE_STILL")
  assert.equal(stuckReason(contacted, { at: now, canonical: "IN_OFFICE" }, now), null)
})
