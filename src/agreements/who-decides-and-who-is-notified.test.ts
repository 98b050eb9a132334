// What people do where two systems disagree, what they may not do, and how operators and leads learn of it.
import assert from "node:assert/strict"
import { test } from "node:test"
import { allInvariants } from "../cli/doctor/all-invariants.ts"
import { createNotifications } from "#notifications/create-notifications.ts"
import { openAgreementDesk } from "#test/desks/agreement-desk.ts"
import { acting, call, member } from "#test/desks/test-desk.ts"
import { approvedTemplate } from "#test/fakes/graph-api.ts"
import { createTeam } from "#people/index.ts"
import { sequenceAll } from "#event-log/sequencer.ts"
import { reopeningNoticeJob } from "./notices/send-reopening-notice.ts"

const { desk, admin, graph, work, connect, splynx, splynxId, opens, closes, sync, check, shown, set, look } =
  await openAgreementDesk()
const minute = 60_000
const member_ = (name: string, role: "agent" | "lead") => member(desk, { email: `${name}@example.com`, name, role })
const [sol, beto, foreign] = [
  await member_("Sol", "lead"),
  await member_("Beto", "agent"),
  await member_("Eva", "lead"),
]
const memberIds = [beto.userId, sol.userId]
const { id: teamId } = await acting(desk, (act) =>
  createTeam(act, { name: "Redes", isDefault: false, memberIds, leadIds: [sol.userId] }),
)
await set("agreements.teamId", teamId)
const putsOf = (id: string) => splynx.puts.filter((put) => put.id === id)
const statusOf = async (ticketId: string) =>
  (await look("select status from tickets where id = $1", [ticketId]))[0].status
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body["code"]]
async function closesInSplynx(workNumber: string) {
  splynx.change(workNumber, { closed: true, status_id: "3" })
  await sync()
}
async function isReopened(more: { workNumber?: string } = {}) {
  const opened = await opens(more)
  await closesInSplynx(opened.workNumber)
  desk.clock.pass(7 * minute)
  await check()
  return opened
}

test("a stranger is refused first; agents read theirs, leads decide on theirs, and of others nothing exists", async () => {
  const { agreementId: id } = await opens()
  const reason = { reason: "Lo vi cerrado en los dos" }
  for (const [method, path, body] of [
    ["GET", "/agreements"],
    ["GET", `/agreements/${id}`],
    ["POST", `/agreements/${id}/close`, reason],
    ["POST", `/agreements/${id}/reopen`, reason],
  ] as const) {
    assert.equal((await call(desk.app, method, path, body)).status, 401)
    const isDeed = method === "POST"
    assert.equal((await beto.call(method, path, body)).status, isDeed ? 403 : 200, path)
    const hidden = await foreign.call(method, path, body)
    if (path === "/agreements") assert.equal(hidden.body["total"], 0)
    else assert.deepEqual(codeOf(hidden), [404, "not_found"], path)
  }
  assert.equal((await sol.call("GET", `/agreements/${id}`)).status, 200)
  for (const job of ["sync-tickets-status", "ticket-reopen-checker"])
    assert.equal((await desk.app.inject({ method: "POST", url: `/api/cron/${job}` })).statusCode, 401)
})

test("the list is narrowed by state, and goes on by its cursor", async () => {
  for (let n = 0; n < 3; n++) await opens()
  const first = await sol.call("GET", "/agreements?state=agreed_open&state=escalated&limit=2")
  const next = await sol.call(
    "GET",
    `/agreements?state=agreed_open&state=escalated&limit=2&cursor=${String(first.body["nextCursor"])}`,
  )
  const ids = [first, next].flatMap(({ body }) => (body["items"] as { id: string }[]).map(({ id }) => id))
  assert.equal(new Set(ids).size, 4)
  assert.deepEqual((await sol.call("GET", "/agreements?state=awaiting")).body["items"], [])
  assert.equal((await sol.call("GET", "/agreements?state=closed")).status, 400)
})

test("the board begins with what acts next and goes on so by its cursor; it is narrowed by business and counted", async () => {
  const late = await opens({ company: "Norte" })
  await closesInSplynx(late.workNumber)
  desk.clock.pass(minute)
  const later = await opens({ company: "Norte" })
  await closesInSplynx(later.workNumber)
  const onlyOpen = await opens({ company: "Norte" })
  const onlyRecord = await opens({ company: "Sur" })
  await closes(onlyRecord.number, { company: "Sur" })
  const board = async (query: string) => {
    const ids: string[] = []
    for (let cursor = ""; ;) {
      const { body } = await sol.call("GET", `/agreements?company=%20NORTE&company=sur&limit=1${query}${cursor}`)
      ids.push(...(body["items"] as { id: string }[]).map(({ id }) => id))
      const next = body["nextCursor"] as string | null
      if (next === null) return ids
      cursor = `&cursor=${next}`
    }
  }
  const byNextAct = [late, later, onlyRecord, onlyOpen].map(({ agreementId }) => agreementId)
  assert.deepEqual(await board(""), byNextAct)
  assert.deepEqual(await board("&state=awaiting"), byNextAct.slice(0, 2))
  const closed = await shown(onlyRecord.agreementId)
  assert.deepEqual([closed.grClosedAt, closed.isRefused, closed.state], [desk.now().toISOString(), false, "disagreed"])
  const { body } = await sol.call("GET", "/agreements/counts")
  const groups = (body["groups"] as { company: string }[]).filter(({ company }) => ["norte", "sur"].includes(company))
  assert.deepEqual(groups, [
    { state: "awaiting", company: "norte", count: 2 },
    { state: "agreed_open", company: "norte", count: 1 },
    { state: "disagreed", company: "sur", count: 1 },
  ])
  assert.deepEqual((await foreign.call("GET", "/agreements/counts")).body, { isShadow: false, groups: [] })
  assert.equal((await sol.call("GET", "/agreements?cursor=WzEsMl0")).status, 200)
  assert.equal((await sol.call("GET", "/agreements?cursor=WyJ4IiwxXQ")).status, 400)
})

test("a mirrored ticket moves by its agreement only: status, bulk, macro and merge refuse and say why", async () => {
  const { ticketId } = await opens()
  const [other] = [await opens()]
  const macro = await admin.call("POST", "/macros", {
    name: "Cerrar",
    visibility: "all",
    actions: [{ type: "status", value: "closed" }],
  })
  const change = { tickets: [ticketId], change: { status: "closed" } }
  assert.deepEqual(codeOf(await admin.call("PUT", `/tickets/${ticketId}/status`, { status: "closed" })), [
    409,
    "by_agreement",
  ])
  const bulk = (await admin.call("POST", "/tickets/bulk", change)).body["items"] as { problem: { code: string } }[]
  assert.equal(bulk[0]!.problem.code, "by_agreement")
  const applied = await admin.call("POST", `/tickets/${ticketId}/macro`, { macroId: macro.body["id"] })
  assert.match(JSON.stringify(applied.body), /by_agreement/)
  assert.deepEqual(codeOf(await admin.call("POST", `/tickets/${ticketId}/merge`, { into: other.ticketId })), [
    409,
    "by_agreement",
  ])
  assert.equal(await statusOf(ticketId), "open")
  const { can } = (await admin.call("GET", `/tickets/${ticketId}`)).body as { can: string[] }
  assert.deepEqual(
    can.filter((one) => /closed|closing|open|merge/.test(one)),
    [],
  )
})

test("nobody reads replies on a mirrored ticket: they are refused and not offered, notes are taken", async () => {
  const { agreementId, ticketId } = await opens()
  const path = `/tickets/${ticketId}`
  assert.deepEqual(codeOf(await beto.call("POST", `${path}/messages`, { content: "Ya vamos" })), [409, "undeliverable"])
  assert.equal((await beto.call("POST", `${path}/messages`, { content: "Ya vamos", isInternal: true })).status, 201)
  const { can, number } = (await beto.call("GET", path)).body as { can: string[]; number: string }
  assert.deepEqual([can.includes("reply"), can.includes("note")], [false, true])
  for (const ref of [ticketId, number, number.toLowerCase()]) {
    const { body } = await beto.call("GET", `/agreements/${ref}`)
    assert.equal(body["id"], agreementId, `the agreement is found by its ticket: ${ref}`)
    assert.equal((await foreign.call("GET", `/agreements/${ref}`)).status, 404)
  }
})

test("a lead says that the systems agree: it is closed for good, with the reason as evidence", async () => {
  const { agreementId: id, ticketId, number, workNumber } = await opens()
  await closesInSplynx(workNumber)
  assert.equal((await sol.call("POST", `/agreements/${id}/close`, {})).status, 400)
  assert.equal((await sol.call("POST", `/agreements/${id}/close`, { reason: " " })).status, 400)
  const closed = await sol.call("POST", `/agreements/${id}/close`, { reason: "El aviso se perdió" })
  assert.deepEqual([closed.status, closed.body["state"], await statusOf(ticketId)], [200, "agreed_closed", "closed"])
  const said = (await shown(id)).evidence.find((one) => one.said === "close_by_hand")
  assert.deepEqual(said?.details, { reason: "El aviso se perdió", userId: sol.userId })
  assert.deepEqual(codeOf(await sol.call("POST", `/agreements/${id}/reopen`, { reason: "x" })), [409, "transition"])
  splynx.change(workNumber, { closed: false })
  await sync()
  assert.equal((await closes(number)).because, "over")
  assert.equal(await statusOf(ticketId), "closed", "what either side says later is evidence only")
  const { body } = await admin.call("GET", `/tickets/${ticketId}/why`)
  const because = (body["items"] as { because: string }[]).map((one) => one.because)
  assert.deepEqual(because, [
    "Opened in Gestión Real",
    "Closed in Splynx only: Gestión Real has 7 min",
    "Somebody said that both systems agree",
  ])
})

test("a lead reopens it now, within the window and in shadow mode; what is open there already counts for nothing", async () => {
  const { agreementId: id, workNumber } = await opens()
  await closesInSplynx(workNumber)
  await set("agreements.shadow", true)
  const reopened = await sol.call("POST", `/agreements/${id}/reopen`, { reason: "Falta la visita" })
  assert.deepEqual([reopened.status, reopened.body["recreado"], putsOf(workNumber).length], [200, 1, 1])
  const again = await sol.call("POST", `/agreements/${id}/reopen`, { reason: "Otra vez" })
  assert.deepEqual([again.body["recreado"], putsOf(workNumber).length], [1, 1])
  await set("agreements.shadow", false)
})

test("what a lead wants while Splynx is away is done once it is back", async () => {
  const { agreementId: id, workNumber } = await opens()
  await closesInSplynx(workNumber)
  splynx.otherwise = () => ({ does: "drop" })
  const asked = await sol.call("POST", `/agreements/${id}/reopen`, { reason: "Falta la visita" })
  assert.deepEqual([asked.status, asked.body["recreado"]], [200, 0])
  splynx.otherwise = () => ({ does: "work" })
  await check()
  assert.equal((await shown(id)).recreado, 1)
})

test("at the third reopening the team's leads are notified, once for each", async () => {
  const { ticketId, workNumber } = await isReopened()
  for (let n = 0; n < 2; n++) {
    await closesInSplynx(workNumber)
    desk.clock.pass(7 * minute)
    await check()
  }
  await sequenceAll(desk.db)
  while (await createNotifications(desk));
  const rows = await look("select user_id, kind from notifications where ticket_id = $1", [ticketId])
  assert.deepEqual(rows, [{ user_id: sol.userId, kind: "escalated" }])
})

const job = reopeningNoticeJob(desk)
/** As the dispatcher does, and once more, for a job may be done again. */
async function notify(ticketId: string): Promise<string> {
  const events = await look(
    `select id as "eventId", ticket_id as "ticketId" from events where kind = 'agreement.reopened' and ticket_id = $1`,
    [ticketId],
  )
  for (const event of [...events, ...events]) await job.run({ ...event, depth: 0, subjectId: null })
  await work()
  const [agreement] = await look("select id from agreements where ticket_id = $1", [ticketId])
  const said = (await shown(agreement.id)).evidence.filter((one) => one.said.startsWith("notice_"))
  assert.equal(said.length, events.length)
  const { details, said: what } = said.at(-1)!
  return typeof details["because"] === "string" ? details["because"] : what
}
const setSystem = async (settings: object) =>
  assert.equal((await admin.call("PATCH", `/links/systems/${splynxId}`, { settings })).status, 200)

test("123: without an operator, a phone, a connection or a template nobody is written to, and it says why", async () => {
  const nobody = splynx.add({ assign_to: "0" })
  assert.equal(await notify((await isReopened({ workNumber: nobody.id })).ticketId), "no_operator")
  const { ticketId } = await isReopened()
  assert.equal(await notify(ticketId), "unknown_operator")
})

test("the operator gets one message: a template outside the window, text within it, and neither holds up the rest", async () => {
  const number = await connect()
  graph.templates = [approvedTemplate("reabierto", "Hola {{1}}: el ticket {{2}} ({{3}}) sigue abierto")]
  assert.equal((await admin.call("POST", `/connections/${number.id}/templates/sync`, {})).status, 200)
  await look('update users set external_ids = \'{"splynx": "7"}\' where id = $1', [beto.userId])
  assert.equal(await notify((await isReopened()).ticketId), "no_phone")
  await look("update users set phone = '+573001110000' where id = $1", [beto.userId])
  assert.equal(await notify((await isReopened()).ticketId), "no_connection")
  await setSystem({ noticeConnectionId: number.id })
  assert.equal(await notify((await isReopened()).ticketId), "no_template")
  await setSystem({ noticeTemplate: "otro" })
  assert.equal(await notify((await isReopened()).ticketId), "template_unfit")
  await setSystem({ noticeTemplate: { name: "reabierto", language: "es" } })
  const before = graph.accepted.length
  const opened = await isReopened()
  assert.equal(await notify(opened.ticketId), "notice_queued")
  assert.equal(graph.accepted.length, before + 1)
  assert.match(JSON.stringify(graph.accepted.at(-1)!.body["template"]), new RegExp(`Beto.*${opened.workNumber}`))
  await number.says("+573001110000", { as: "phone", text: "Ya voy" })
  const second = await isReopened()
  assert.equal(await notify(second.ticketId), "notice_queued")
  const { body } = graph.accepted.at(-1)!.body["text"] as { body: string }
  assert.match(body, new RegExp(`TICKET REABIERTO[^]*Beto[^]*#${second.workNumber}[^]*77`))
  const [message] = await look("select delivery_state from messages where ticket_id = $1", [second.ticketId])
  assert.equal(message.delivery_state, "sent")
})

test("the summary says how often, whose, and why, of the tickets that one sees", async () => {
  const to = new Date(desk.now().getTime() + 1)
  const range = `from=2026-11-22T00:00:00Z&to=${to.toISOString()}`
  const { status, body } = await sol.call("GET", `/agreements/summary?${range}`)
  assert.equal(status, 200, JSON.stringify(body))
  const [rows] = await look("select sum(recreado)::int as reopened, count(*)::int as opened from agreements")
  assert.deepEqual([body["reopened"], body["opened"], body["escalated"]], [rows.reopened, rows.opened, 1])
  const byOperator = body["byOperator"] as { number: string; name: string; reopened: number }[]
  assert.deepEqual([byOperator[0]!.number, byOperator[0]!.name], ["7", "Beto"])
  assert.equal(
    byOperator.reduce((sum, one) => sum + one.reopened, 0),
    rows.reopened,
  )
  assert.deepEqual(body["byMotive"], [{ motive: "Sin servicio", reopened: rows.reopened }])
  assert.equal((await foreign.call("GET", `/agreements/summary?${range}`)).body["reopened"], 0)
  for (const wrong of [
    "",
    "from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z",
    "from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
  ])
    assert.equal((await sol.call("GET", `/agreements/summary?${wrong}`)).status, 400, wrong)
})

test("doctor finds nothing to say of all that", async () => {
  const check = allInvariants.find(({ name }) => name === "agreements_and_tickets")!
  assert.deepEqual(await look(String(check.find)), [])
})
