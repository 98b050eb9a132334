// What people look at: the worst first, with the parts of its score, and whether one cause explains many.
import assert from "node:assert/strict"
import { test } from "node:test"
import { inTransaction, system } from "#kernel/act.ts"
import { member } from "#test/desks/test-desk.ts"
import { openIncidentDesk } from "#test/desks/incident-desk.ts"
import { rescoreAll } from "../severity/recompute-scores.ts"

const { desk, executor, action, fail, move, report, one } = await openIncidentDesk()
const hour = 3_600_000
const ago = (hours: number) => new Date(desk.now().getTime() - hours * hour)
type BoardRow = {
  score: { total: number; level: string; parts: { part: string; points: number }[] }
  incident: { guia: string }
}
const board = async (query = "") =>
  (await executor.call("GET", `/incidents${query}`)).body as {
    items: BoardRow[]
    total: number
    nextCursor: string | null
  }

test("the board shows the worst first, page by page, with the parts of each score", async () => {
  await move("B-OLD", "NOVEDAD", ago(130), { novedad: "DESTINATARIO AUSENTE" })
  await move("B-NEW", "EN REPARTO", ago(1))
  for (const guia of ["B-NEW", "B-OLD", "B-NONE"]) await fail({ guia })
  const { items, total } = await board()
  assert.deepEqual(
    items.map(({ incident }) => incident.guia),
    ["B-OLD", "B-NONE", "B-NEW"],
  )
  assert.equal(total, 3)
  assert.deepEqual(items[0]!.score, {
    total: 90,
    level: "HIGH",
    parts: [
      { part: "time", points: 50 },
      { part: "status", points: 25 },
      { part: "novedad", points: 15 },
    ],
  })
  const first = await board("?limit=1")
  const next = await board(`?limit=2&cursor=${first.nextCursor}`)
  assert.deepEqual([...first.items, ...next.items], items)
  assert.equal((await board("?carrier=TCC")).total, 2)
  assert.equal((await board("?status=closed")).total, 0)
})

test("who sees no ticket sees no incident; the executor's list of a thousand is one answer", async () => {
  const ana = await member(desk, { email: "ana@example.com", name: "Ana", role: "agent" })
  const { body } = await ana.call("GET", "/incidents")
  assert.deepEqual([body["items"], body["total"]], [[], 0])
  const list = Array.from({ length: 1_000 }, (_, i) =>
    action({ guia: `OUT-${String(i).padStart(4, "0")}`, errorCode: 131030 }),
  )
  const { items } = (await report(list)) as unknown as { items: { created: boolean }[] }
  assert.equal(items.filter(({ created }) => created).length, 1_000)
  const { body: summary } = await executor.call("GET", "/incidents/summary")
  assert.deepEqual(summary["outage"], {
    trigger: "FAILED_4XX",
    failureCode: 131030,
    cause: null,
    carrier: "",
    count: 1_000,
    lately: 1_000,
    share: 1,
  })
})

test("an account that cannot send is one incident for all, the worst of them, and its connection stops", async () => {
  const { rows: made } = await desk.db.pool.query(
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_outage', 'whatsapp', 'Número', now(), now()) returning id",
  )
  const connectionId = made[0].id
  const list = Array.from({ length: 250 }, (_, i) =>
    action({ guia: `TOKEN-${i}`, httpCode: 401, errorCode: 190, connectionId }),
  )
  const { items } = (await report(list)) as unknown as {
    items: { created: boolean; ticket: { ticketId: string; guia: string } }[]
  }
  assert.equal(items.filter(({ created }) => created).length, 1)
  assert.equal(new Set(items.map(({ ticket }) => ticket.ticketId)).size, 1)
  const ticket = await one(items[0]!.ticket.ticketId)
  assert.deepEqual(
    [ticket.guia, ticket.priority, ticket.refCount, ticket.actionRefs.length],
    ["SYSTEM-con_outage", "alta", 250, 100],
  )
  assert.equal(ticket.timeline.length, 100, "the newest hundred entries; what is past them is counted by the hour")
  assert.equal(ticket.timeline.at(-1)!.details["count"], 150)
  const { rows } = await desk.db.pool.query(
    "select health -> 'breaker' ->> 'reason' as reason from connections where id = 'con_outage'",
  )
  assert.deepEqual(rows, [{ reason: "token" }])
  assert.equal((await board("?limit=1")).items[0]!.incident.guia, "SYSTEM-con_outage")
})

test("a high score raises the priority only where the desk wants it, and says so", async () => {
  await move("B-RAISE", "NOVEDAD", ago(130), { novedad: "REHUSADO" })
  const { ticket } = await fail({ guia: "B-RAISE", httpCode: 503, errorCode: null, retryCount: 2 })
  await rescoreAll(desk)
  assert.equal((await one(ticket!.ticketId)).priority, "media")
  await inTransaction(desk.db, { actor: system, now: desk.now() }, async (act) => {
    await act.tx.insertInto("settings").values({ name: "incidents.raiseHighRisk", value: "true" }).execute()
  })
  await rescoreAll(desk)
  await rescoreAll(desk)
  const raised = await one(ticket!.ticketId)
  assert.equal(raised.priority, "alta")
  assert.deepEqual(
    raised.timeline.slice(1).map(({ action: what, details }) => [what, details]),
    [["PRIORITY_UPGRADED", { from: "media", to: "alta", score: 90, level: "HIGH" }]],
  )
})
