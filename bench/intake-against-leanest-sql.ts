// (a) and (b): the same messages, once as the leanest SQL and once through Hilo over HTTP, in turns.
import { setTimeout as wait } from "node:timers/promises"
import { queryRows, type BenchPostgres, type ApiKeys, createApiKeys } from "./postgres-for-bench.ts"
import { openLeanSql } from "./leanest-intake-sql.ts"
import { failuresOf, type LoadFigures, runLoad, median, medianOf } from "./closed-loop-load.ts"
import { cpuSecondsOf, megabytesOf, type RunningServer, startServer } from "./server-process.ts"
import { type MixContact, createMessageMix, type MessageMix } from "./intake-message-mix.ts"
import { parseJson, openHttpConnection } from "./keep-alive-http-client.ts"

export type IntakeScale = { rounds: number; seconds: number; clients: number[]; processes: number[] }

/** Processor time per message, in milliseconds: what it costs whom, however busy the machine is with other things. */
export type ProcessorCost = { client: number; hilo: number; postgres: number }

export type IntakeRow = {
  clients: number
  processes: number
  figures: LoadFigures
  megabytes: number
  cost: ProcessorCost
}

const warmClients = 32
const warmSeconds = 4

/** `processes` 0 is the lean SQL. */
export async function benchIntake(
  ground: BenchPostgres,
  scale: IntakeScale,
  say: (line: string) => void,
): Promise<IntakeRow[]> {
  const urls = { lean: await ground.database("lean"), hilo: await ground.database("intake") }
  const endpoints = { lean: await createEndpoint(urls.lean), hilo: await createEndpoint(urls.hilo) }
  const rows: IntakeRow[] = []
  for (let round = 1; round <= scale.rounds; round++) {
    const before = rows.length
    rows.push(...(await leanRound(ground, urls.lean, endpoints.lean.connectionId, scale)))
    for (const processes of scale.processes)
      rows.push(...(await hiloRound(ground, urls.hilo, endpoints.hilo, { ...scale, processes })))
    say(`  round ${round} of ${scale.rounds}: ${rows.slice(before).map(brief).join(" · ")}`)
  }
  return merged(rows)
}

type IntakeEndpoint = { keys: ApiKeys; connectionId: string }

export async function createEndpoint(url: string): Promise<IntakeEndpoint> {
  const keys = await createApiKeys(url)
  const connectionId = "con_bench"
  await queryRows(
    url,
    "insert into connections (id, kind, name, created_at, updated_at) values ($1, 'api', 'Bench', now(), now())",
    [connectionId],
  )
  return { keys, connectionId }
}

async function leanRound(
  ground: BenchPostgres,
  url: string,
  connectionId: string,
  scale: IntakeScale,
): Promise<IntakeRow[]> {
  const rows: IntakeRow[] = []
  for (const clients of scale.clients) {
    const lean = openLeanSql(url, connectionId, clients)
    const measured = await measure(ground, [], lean, { clients, seconds: scale.seconds, quiet: async () => {} })
    await lean.close()
    rows.push({ clients, processes: 0, megabytes: Number.NaN, ...measured })
  }
  return rows
}

type OneScale = Omit<IntakeScale, "processes"> & { processes: number }

async function hiloRound(
  ground: BenchPostgres,
  url: string,
  endpoint: IntakeEndpoint,
  scale: OneScale,
): Promise<IntakeRow[]> {
  const { processes, seconds } = scale
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer(ground, { databaseUrl: url })))
  await warm(servers, endpoint)
  const rows: IntakeRow[] = []
  // Fewer clients than servers leave some without work: that says nothing of many.
  for (const clients of scale.clients.filter((count) => count >= processes)) {
    const { traffic, close } = openTraffic(servers, endpoint, clients)
    const measured = await measure(ground, servers, traffic, { clients, seconds, quiet: () => untilQuiet(url) })
    close()
    rows.push({ clients, processes, megabytes: Math.max(...servers.map(({ pid }) => megabytesOf(pid))), ...measured })
  }
  await Promise.all(servers.map((server) => server.stop()))
  return rows
}

// A server that has just started compiles its code and plans its statements; that is no message's price. Each gets as many.
export async function warm(servers: RunningServer[], endpoint: IntakeEndpoint) {
  const { traffic, close } = openTraffic(servers, endpoint, warmClients)
  await traffic.begin(500)
  await runLoad({ clients: warmClients, seconds: warmSeconds * servers.length, work: traffic.next })
  close()
}

type MeasureOptions = { clients: number; seconds: number; quiet: () => Promise<void> }

// The cost counts until all that follows from the messages is done too; the throughput only until they are answered.
export async function measure(
  ground: BenchPostgres,
  servers: RunningServer[],
  traffic: MessageMix,
  { clients, seconds, quiet }: MeasureOptions,
) {
  await traffic.begin(500)
  await quiet()
  const spent = () => ({
    client: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    hilo: servers.reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0),
    postgres: cpuSecondsOf(ground.postgresPid),
  })
  const before = spent()
  const figures = await runLoad({ clients, seconds, work: traffic.next })
  const client = spent().client
  await quiet()
  const after = { ...spent(), client }
  const each = (who: keyof ProcessorCost) => ((after[who] - before[who]) * 1000) / figures.count
  return { figures, cost: { client: each("client"), hilo: each("hilo"), postgres: each("postgres") } }
}

/** Every client has a kept-alive connection to one of the servers, as behind a load balancer. */
export function openTraffic(servers: RunningServer[], { keys, connectionId }: IntakeEndpoint, clients: number) {
  const wires = Array.from({ length: Math.max(8, clients) }, (_, i) =>
    openHttpConnection(servers[i % servers.length]!.base, keys.admin),
  )
  const free = [...wires]
  const post = async (contact: MixContact, externalId: string, text: string) => {
    const wire = free.pop()!
    try {
      const body = { externalId, contact: { id: contact.phone, name: contact.name }, text }
      parseJson(await wire.send("POST", `/api/v1/connections/${connectionId}/messages`, body))
    } finally {
      free.unshift(wire)
    }
  }
  return { traffic: createMessageMix(post, post), close: () => wires.forEach((wire) => wire.close()) }
}

/** What a round left to the queue must not weigh on the next. */
export async function untilQuiet(url: string) {
  for (let tries = 0; tries < 600; tries++) {
    const [row] = await queryRows<{ jobs: number }>(
      url,
      "select count(*)::int as jobs from queue.job where state in ('created', 'active', 'retry') and name !~ '^__'",
    )
    const [behind] = await queryRows<{ events: number }>(
      url,
      "select count(*)::int as events from (select from events where position is null limit 1) ahead",
    )
    if (row!.jobs === 0 && behind!.events === 0) return
    await wait(100)
  }
}

function merged(rows: IntakeRow[]): IntakeRow[] {
  const groups = Map.groupBy(rows, ({ clients, processes }) => `${processes} ${clients}`)
  return [...groups.values()].map((same) => ({
    ...same[0]!,
    figures: medianOf(same.map(({ figures }) => figures)),
    megabytes: median(same.map(({ megabytes }) => megabytes)),
    cost: {
      client: median(same.map(({ cost }) => cost.client)),
      hilo: median(same.map(({ cost }) => cost.hilo)),
      postgres: median(same.map(({ cost }) => cost.postgres)),
    },
  }))
}

const brief = ({ clients, processes, figures: f }: IntakeRow) =>
  `${processes || "lean"}/${clients} ${f.perSecond.toFixed(0)}/s${failuresOf(f)}`
