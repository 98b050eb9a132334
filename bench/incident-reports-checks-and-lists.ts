// An outage in lists, the hourly look at shipments, and the list with its statistics on a large table. Through HTTP, as others
// would: the executor with a key, the list with CRON_SECRET.
import { createKey } from "#cli/api-key.ts"
import { queryRows, type BenchPostgres } from "./postgres-for-bench.ts"
import { cpuSecondsOf, startServer } from "./server-process.ts"
import { openDatabase } from "#kernel/db.ts"

/** `hilo`, `postgres`: milliseconds of processor time that each failure cost. */
type Rate = { perSecond: number; hilo: number; postgres: number }

export type IncidentsResult = {
  /** Failures accepted per second, each its own shipment, and all of one account. */
  perShipment: Rate
  oneAccount: Rate
  stuck: { shipments: number; contacts: number; seconds: number; created: number }
  lists: { incidents: number; p50: number; p99: number }
}

export type IncidentsScale = {
  failures: number
  shipments: number
  contacts: number
  stuck: number
  incidents: number
  looks: number
}

const cronSecret = "cron-secret-of-the-bench"
const listOf = 1_000
// An outage is reported by several senders at once, each list after the other.
const executors = 4

export async function benchIncidents(
  ground: BenchPostgres,
  scale: IncidentsScale,
  print: (line: string) => void,
): Promise<IncidentsResult> {
  const databaseUrl = await ground.database("incidents")
  const server = await startServer(ground, { databaseUrl, env: { CRON_SECRET: cronSecret, LOG_LEVEL: "warn" } })
  try {
    const key = await keyFor(databaseUrl)
    const post = (path: string, token: string, body?: unknown) => send(`${server.base}${path}`, token, body)
    const rate = async (errorCode: number, guia: (i: number) => string): Promise<Rate> => {
      const spent = () => [cpuSecondsOf(server.pid), cpuSecondsOf(ground.postgresPid)] as const
      const [began, [hilo, postgres]] = [performance.now(), spent()]
      const starts = Array.from({ length: Math.ceil(scale.failures / listOf) }, (_, nth) => nth * listOf)
      const listFrom = (from: number) =>
        Array.from({ length: Math.min(listOf, scale.failures - from) }, (_, i) =>
          failure(errorCode, guia(from + i), from + i),
        )
      const executor = async () => {
        for (let from = starts.shift(); from !== undefined; from = starts.shift())
          await post("/api/v1/incidents/actions", key, listFrom(from))
      }
      await Promise.all(Array.from({ length: executors }, executor))
      const [seconds, [hiloAfter, postgresAfter]] = [(performance.now() - began) / 1_000, spent()]
      const each = (cpu: number) => (cpu / scale.failures) * 1_000
      const found = {
        perSecond: scale.failures / seconds,
        hilo: each(hiloAfter - hilo),
        postgres: each(postgresAfter - postgres),
      }
      print(
        `  code ${errorCode}: ${found.perSecond.toFixed(0)}/s; ${found.hilo.toFixed(2)} ms of Hilo and ${found.postgres.toFixed(2)} ms of PostgreSQL each`,
      )
      return found
    }
    const perShipment = await rate(131026, (i) => `OUTAGE-${i}`)
    const oneAccount = await rate(190, (i) => `ACCOUNT-${i}`)
    await fillShipments(databaseUrl, scale)
    const began = performance.now()
    const { created } = await post("/api/cron/stuck-shipments", cronSecret)
    const stuck = {
      shipments: scale.shipments,
      contacts: scale.contacts,
      seconds: (performance.now() - began) / 1_000,
      created: (created as []).length,
    }
    print(`  stuck check: ${stuck.seconds.toFixed(1)} s, ${stuck.created} created`)
    await fillIncidents(databaseUrl, scale.incidents)
    const lists = { incidents: scale.incidents, ...(await look(server.base, scale.looks)) }
    print(`  list and statistics: p50 ${lists.p50.toFixed(1)} ms, p99 ${lists.p99.toFixed(1)} ms`)
    return { perShipment, oneAccount, stuck, lists }
  } finally {
    await server.stop()
    await ground.drop(databaseUrl)
  }
}

async function keyFor(url: string): Promise<string> {
  const db = openDatabase(url)
  try {
    return (await createKey(db, { name: "bench", role: "admin" })).key
  } finally {
    await db.close()
  }
}

const failure = (errorCode: number, guia: string, i: number) => ({
  actionId: `act_${errorCode}_${i}`,
  guia,
  type: "SEND_WHATSAPP",
  status: "FAILED",
  httpCode: 400,
  errorCode,
  errorMessage: "Message undeliverable to +57 300 123 4567",
  phone: `+57300${String(i % 10_000_000).padStart(7, "0")}`,
  at: "2026-11-22T10:00:00Z",
})

async function send(url: string, token: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return (await answer.json()) as Record<string, unknown>
}

/** Shipments that moved in the last days; of some, somebody was written to, and a few have not moved since. */
async function fillShipments(url: string, { shipments, contacts, stuck }: IncidentsScale) {
  await queryRows(
    url,
    `insert into shipments (guia, carrier, word, canonical, moved_at, event_id, updated_at, transportadora, estatus)
     select 'SHIP-' || n, 'TCC', 'EN REPARTO', 'OUT_FOR_DELIVERY',
       now() - case when n <= ${stuck} then interval '6 days' else interval '1 hour' end, 'ev_' || n, now(), 'TCC', 'EN REPARTO'
     from generate_series(1, ${shipments}) n`,
  )
  await queryRows(
    url,
    `insert into shipment_actions (action_id, guia, type, status, at, created_at)
     select 'act_s' || n, 'SHIP-' || n, 'SEND_WHATSAPP', 'SUCCESS', now() - interval '3 days', now() from generate_series(1, ${contacts}) n`,
  )
  await queryRows(url, "analyze shipments, shipment_actions, incident_refs")
}

/** More incidents in all states, each with one ref and one entry, until there are so many. */
async function fillIncidents(url: string, wanted: number) {
  const [there] = await queryRows<{ n: number }>(url, "select count(*)::int as n from incidents")
  const more = wanted - (there?.n ?? 0)
  if (more <= 0) return
  const status = "(array['open', 'in_progress', 'resolved', 'closed'])[1 + n % 4]"
  const at = "now() - n * interval '3 seconds'"
  await queryRows(
    url,
    `insert into tickets (id, kind, thread_key, status, subject, priority, channel, team_id, last_message_at, resolved_at, closed_at,
       created_by_kind, created_at, updated_at)
     select 'tkt_bench' || n, 'incident', 'incident:FILL-' || n || ':FAILED_4XX', ${status}, 'FAILED_4XX · FILL-' || n,
       case when n % 3 = 0 then 'medium' else 'high' end, 'api', (select id from teams where is_default), ${at},
       case when n % 4 in (2, 3) then now() end, case when n % 4 = 3 then now() end, 'system', ${at}, ${at}
     from generate_series(1, ${more}) n`,
  )
  await queryRows(
    url,
    `insert into incidents (ticket_id, guia, trigger, status, priority, created_at, failure_code, ref_count, entry_count)
     select 'tkt_bench' || n, 'FILL-' || n, 'FAILED_4XX', ${status}, case when n % 3 = 0 then 'medium' else 'high' end, ${at}, 131026, 1, 1
     from generate_series(1, ${more}) n`,
  )
  await queryRows(
    url,
    `insert into incident_refs (thread_key, kind, ref, ticket_id)
     select 'incident:FILL-' || n || ':FAILED_4XX', 'action', 'act_f' || n, 'tkt_bench' || n from generate_series(1, ${more}) n`,
  )
  await queryRows(
    url,
    `insert into incident_entries (ticket_id, at, action, actor) select 'tkt_bench' || n, ${at}, 'TICKET_CREATED', 'system' from generate_series(1, ${more}) n`,
  )
  await queryRows(url, "analyze")
}

const queries = [
  "",
  "?status=OPEN&limit=50",
  "?priority=alta&limit=100",
  "?status=OPEN&status=IN_PROGRESS",
  "?trigger=FAILED_4XX&limit=20",
  "?status=CLOSED&offset=500",
]

async function look(base: string, times: number): Promise<{ p50: number; p99: number }> {
  const took: number[] = []
  for (let i = 0; i < times + 20; i++) {
    const began = performance.now()
    const answer = await fetch(`${base}/api/admin/tickets${queries[i % queries.length]}`, {
      headers: { authorization: `Bearer ${cronSecret}` },
    })
    await answer.arrayBuffer()
    // The first looks warm the caches up.
    if (i >= 20) took.push(performance.now() - began)
  }
  const sorted = took.toSorted((a, b) => a - b)
  return { p50: sorted[Math.floor(sorted.length * 0.5)]!, p99: sorted[Math.floor(sorted.length * 0.99)]! }
}

export function incidentsPart({ perShipment, oneAccount, stuck, lists }: IncidentsResult): string[] {
  const word = (ok: boolean) => (ok ? "" : " – missed")
  const rateLine = (what: string, { perSecond, hilo, postgres }: Rate) =>
    `| failures accepted, ${what} (processor time each: Hilo ${hilo.toFixed(2)} ms, PostgreSQL ${postgres.toFixed(2)} ms) | ${perSecond.toFixed(0)}/s | 2,000/s${word(perSecond >= 2_000)} |`
  return [
    "## Incidents",
    [
      "| what | figure | goal |",
      "| --- | --- | --- |",
      rateLine("an incident each", perShipment),
      rateLine("one for the account", oneAccount),
      `| stuck check over ${stuck.shipments} shipments, ${stuck.contacts} contacts, ${stuck.created} stuck | ${stuck.seconds.toFixed(1)} s | 5 s${word(stuck.seconds <= 5)} |`,
      `| list with statistics at ${lists.incidents} incidents, p99 | ${lists.p99.toFixed(1)} ms | 50 ms${word(lists.p99 <= 50)} |`,
    ].join("\n"),
  ]
}
