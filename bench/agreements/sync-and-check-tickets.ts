// Open mirrored tickets: what one sync of all of them asks of Splynx, and how long a check of them takes.
import { changeSetting } from "#settings/index.ts"
import { settleAll } from "#agreements/reopening/settle-due-agreements.ts"
import { syncAllTickets } from "#agreements/sync/sync-work-tickets.ts"
import { linkSystem } from "#agreements/systems/change-linked-systems.ts"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { openDatabase } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { openFileStorage } from "#kernel/storage/file-storage.ts"
import { type BenchPostgres, queryRows } from "../postgres-for-bench.ts"
import { cpuSecondsOf } from "../server-process.ts"
import { type FakeSplynxApi, startFakeSplynxApi } from "./fake-splynx-api.ts"

/** `requests`: to Splynx. `databaseSeconds`: of PostgreSQL's processors. */
type Sync = { requests: number; seconds: number; databaseSeconds: number }
/** Milliseconds from the beginning to the end of a check: while all are open; while windows run; while shadow mode keeps what is over. */
export type AgreementsResult = {
  tickets: number
  windows: number
  sync: Sync
  checkMs: { open: number; running: number; kept: number }
}
export type AgreementsScale = { tickets: number; windows: number }

const firstNumber = 100_000
const longer = 8 * 60_000

export async function benchAgreements(ground: BenchPostgres, scale: AgreementsScale): Promise<AgreementsResult> {
  const url = await ground.database("agreements")
  const db = openDatabase(url, { max: 8 })
  const splynx = await startFakeSplynxApi()
  let aheadMs = 0
  const kit: Kit = {
    db,
    secrets: createSecrets(ground.secret),
    now: () => new Date(Date.now() + aheadMs),
    channelApis: {},
    outbound: createOutbound({ allowPrivate: [] }),
    storage: openFileStorage(ground.folder),
  }
  try {
    await fill(kit, url, splynx, scale.tickets)
    const sync = await measureSync(ground, splynx, kit)
    const open = await measureCheck(kit)
    for (let n = 0; n < scale.windows; n++) splynx.closed.add(String(firstNumber + n))
    await syncAllTickets(kit, { always: true }, counts())
    const running = await measureCheck(kit)
    await acting(kit, (act) => changeSetting(act, "agreements.shadow", true))
    aheadMs = longer
    await settleAll(kit, { always: true }, counts())
    const kept = await measureCheck(kit)
    return { ...scale, sync, checkMs: { open, running, kept } }
  } finally {
    splynx.close()
    await db.close()
    await ground.drop(url)
  }
}

const acting = <T>(kit: Kit, work: (act: Act) => Promise<T>) =>
  inTransaction(kit.db, { actor: system, now: kit.now() }, work)

// What fails must not look fast.
const counts = () => ({
  checked: 0,
  acted: 0,
  attempt: (work: () => Promise<unknown>) => work() as Promise<void>,
  goOn: async () => {},
})

async function measureSync(ground: BenchPostgres, splynx: FakeSplynxApi, kit: Kit): Promise<Sync> {
  const [began, asked, spent] = [performance.now(), splynx.requests, cpuSecondsOf(ground.postgresPid)]
  await syncAllTickets(kit, { always: true }, counts())
  const seconds = (performance.now() - began) / 1_000
  return { requests: splynx.requests - asked, seconds, databaseSeconds: cpuSecondsOf(ground.postgresPid) - spent }
}

async function measureCheck(kit: Kit): Promise<number> {
  const began = performance.now()
  await settleAll(kit, { always: true }, counts())
  return performance.now() - began
}

async function fill(kit: Kit, url: string, splynx: FakeSplynxApi, tickets: number) {
  const access = { auth: "basic", key: "key-of-a-bench", secret: "secret-of-a-bench", requestsPerSecond: 1_000 }
  const [work, record] = await acting(kit, async (act) => [
    await linkSystem(act, kit, { kind: "splynx", name: "Splynx", settings: { baseUrl: splynx.url, ...access } }),
    await linkSystem(act, kit, { kind: "gestionreal", name: "Gestión Real", settings: {} }),
  ])
  await queryRows(
    url,
    `insert into tickets (id, kind, thread_key, status, subject, channel, last_message_at, created_by_kind, created_at, updated_at)
     select 'tkt_bench' || n, 'mirrored', 'mirrored:bench:' || n, 'open', 'Sin servicio · Gestión Real ' || n, 'api', now(), 'system', now(), now()
     from generate_series(0, $1 - 1) n`,
    [tickets],
  )
  await queryRows(
    url,
    `insert into agreements (id, ticket_id, work_system_id, work_number, record_system_id, record_number, state, work_status, work_asked_at, operator_number, closures_from, created_at, updated_at)
     select 'agr_bench' || n, 'tkt_bench' || n, $2, ($3::int + n)::text, $4, n::text, 'agreed_open', 'open', now(), '7', now(), now(), now()
     from generate_series(0, $1 - 1) n`,
    [tickets, work, firstNumber, record],
  )
  await queryRows(url, "vacuum analyze")
}

export function agreementsPart({ tickets, windows, sync, checkMs }: AgreementsResult): string[] {
  const { requests, seconds, databaseSeconds } = sync
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const isMet = requests <= 300 && Math.max(...Object.values(checkMs)) <= 1_000
  const [all, some] = [tickets, windows].map((count) => count.toLocaleString("en"))
  return [
    "## Agreements",
    `${all} open tickets mirrored from Splynx, which answers at once here; in real life it gets five requests a second. A sync that finds nothing new: ${requests} requests in ${seconds.toFixed(1)} s, in which PostgreSQL works ${databaseSeconds.toFixed(1)} s. A check of all of them takes ${ms(checkMs.open)} while all are open, ${ms(checkMs.running)} while the windows of ${some} run, and ${ms(checkMs.kept)} when these are over and shadow mode keeps them. Goal: 300 requests, one second${isMet ? "" : " – missed"}.`,
  ]
}
