// A calendar under which a hundred thousand open tickets run is changed, while people work at a steady pace.
import { setTimeout as wait } from "node:timers/promises"
import { type BenchPostgres, createApiKeys, queryRows } from "../postgres-for-bench.ts"
import { type LoadFigures, figuresOf } from "../closed-loop-load.ts"
import { type HttpConnection, openHttpConnection, parseJson } from "../keep-alive-http-client.ts"
import { startServer } from "../server-process.ts"
import { createPolicy } from "./create-policy.ts"

/** `seconds`: from the answer to the change until the last ticket has its new due times. */
export type CalendarChangeResult = { tickets: number; seconds: number; before: LoadFigures; during: LoadFigures }
export type CalendarChangeScale = { tickets: number; secondsBefore: number }

const everyMs = 50
/** Of the tickets' ids: what is shorter is none. */
const digits = 8
const patienceSeconds = 300
const office = (to: string) => [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to }))

export async function benchCalendarChange(
  ground: BenchPostgres,
  { tickets, secondsBefore }: CalendarChangeScale,
): Promise<CalendarChangeResult> {
  const url = await ground.database("calendar")
  const { admin } = await createApiKeys(url)
  const server = await startServer(ground, { databaseUrl: url })
  const wires = Array.from({ length: 16 }, () => openHttpConnection(server.base, admin))
  try {
    const calendar = { name: "Bench", timezone: "America/Bogota", intervals: office("18:00") }
    const { id } = parseJson<{ id: string }>(await wires[0]!.send("POST", "/api/v1/calendars", calendar))
    await createPolicy(server.base, admin, { firstResponse: { medium: 4_000 }, resolution: { medium: 9_000 } }, id)
    await untilRecomputed(url)
    await openTickets(url, { tickets, calendarId: id })
    const load = { wires, tickets, asked: 0 }
    await work(load, wait(2_000))
    const before = await work(load, wait(secondsBefore * 1_000))
    parseJson(await wires[0]!.send("PATCH", `/api/v1/calendars/${id}`, { intervals: office("20:00") }))
    const began = performance.now()
    const recomputed = untilRecomputed(url)
    const during = await work(load, recomputed)
    const seconds = ((await recomputed) - began) / 1_000
    await refuseOldDeadlines(url)
    return { tickets, seconds, before, during }
  } finally {
    wires.forEach((wire) => wire.close())
    await server.stop()
    await ground.drop(url)
  }
}

/** As if the servers had counted them: their deadlines are wrong, and counted by the change. */
async function openTickets(url: string, { tickets, calendarId }: { tickets: number; calendarId: string }) {
  const openedAt = `now() - interval '3 days' * n / ${tickets}`
  const [wrong, policy] = ["started_at + interval '30 days'", "(select id from sla_policies)"]
  await queryRows(
    url,
    `insert into tickets (id, kind, status, subject, channel, last_message_at, created_by_kind, created_at, updated_at)
       select 'tkt_bench' || lpad(n::text, ${digits}, '0'), 'support', 'open', 'Ticket ' || n, 'web', ${openedAt}, 'system', ${openedAt}, ${openedAt}
       from generate_series(1, ${tickets}) n;
     insert into events (at, kind, ticket_id, actor_kind, position)
       select created_at, 'ticket.created', id, 'system', 0 from tickets order by created_at;
     insert into sla_targets (ticket_id, counted_on, cycle, metric, policy_id, calendar_id, minutes, started_at, started_by, warn_at, due_at, wakes_at)
       select id, id, 1, metric, ${policy}, '${calendarId}', minutes, started_at, 'created', ${wrong}, ${wrong}, ${wrong}
       from (select id, created_at as started_at from tickets) t, (values ('first_response', 4000), ('resolution', 9000)) m (metric, minutes);
     insert into ticket_sla (ticket_id, cycle, policy_id, state, due_at, is_running)
       select distinct on (ticket_id) ticket_id, 1, policy_id, 'on_track', due_at, true from sla_targets`,
  )
  await queryRows(url, "vacuum analyze")
}

/** `asked`: how often until now. An answer that comes twice is refused. */
type Load = { wires: readonly HttpConnection[]; tickets: number; asked: number }

/** A request at each instant of the pace, however long the ones before it take. */
async function work(load: Load, ended: Promise<unknown>): Promise<LoadFigures> {
  let isOver = false
  void ended.finally(() => (isOver = true))
  const [free, latencies, sent]: [HttpConnection[], number[], Promise<unknown>[]] = [[...load.wires], [], []]
  const began = performance.now()
  let errors = 0
  for (let n = 0; !isOver; n++) {
    const at = began + n * everyMs
    await wait(Math.max(0, at - performance.now()))
    const wire = free.pop()
    // All are busy: the request that is not sent failed.
    if (!wire) errors++
    else {
      const request = ask(wire, load.asked++, load.tickets).then(
        () => void latencies.push(performance.now() - at),
        () => void errors++,
      )
      sent.push(request.then(() => free.push(wire)))
    }
  }
  await Promise.all(sent)
  return figuresOf(latencies, (performance.now() - began) / 1_000, errors)
}

/** Lists, the next deadline first among them, tickets, and an answer. */
async function ask(wire: HttpConnection, n: number, tickets: number): Promise<void> {
  const ticket = `/api/v1/tickets/tkt_bench${String(1 + ((n * 7_919) % tickets)).padStart(digits, "0")}`
  const list = "/api/v1/tickets?phase=new&phase=active&phase=waiting&sort="
  const asked = [`${list}slaDueAt`, ticket, `${list}-lastMessageAt`, `${ticket}/messages`, ticket]
  const path = asked[n % (asked.length + 1)]
  if (path !== undefined) parseJson(await wire.send("GET", path))
  else parseJson(await wire.send("POST", `${ticket}/messages`, { content: "Lo revisamos hoy." }))
}

/** When the log has been read and nothing is left to be looked at again. */
async function untilRecomputed(url: string): Promise<number> {
  for (let tries = 0; tries < 5 * patienceSeconds; tries++) {
    await wait(200)
    const [row] = await queryRows<{ isLeft: boolean }>(
      url,
      `select exists (select from sla_recomputations) or exists (select from events where position is null) or
         (select position from event_readers where name = 'sla') < (select position from event_readers where name = 'sequencer') as "isLeft"`,
    )
    if (!row!.isLeft) return performance.now()
  }
  throw new Error(`the deadlines were not counted anew within ${patienceSeconds} s`)
}

async function refuseOldDeadlines(url: string) {
  const [row] = await queryRows<{ n: number }>(
    url,
    "select count(*)::int as n from sla_targets where due_at = started_at + interval '30 days'",
  )
  if (row!.n > 0) throw new Error(`${row!.n} deadlines were not counted anew`)
}
