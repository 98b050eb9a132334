// An export of another system on its way into an empty desk: tickets with two messages each, whose customers write more than once.
import { createWriteStream, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { openInput, runImport } from "#importing/index.ts"
import { openDatabase } from "#kernel/db.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { openFileStorage } from "#kernel/storage/file-storage.ts"
import { type BenchPostgres } from "../postgres-for-bench.ts"
import { cpuSecondsOf } from "../server-process.ts"

/** `hilo`, `postgres`: milliseconds of processor time that each ticket cost. */
export type ImportResult = {
  tickets: number
  perSecond: number
  againPerSecond: number
  peakMb: number
  hilo: number
  postgres: number
}

const ticketsPerCustomer = 4

export async function benchImport(ground: BenchPostgres, { tickets }: { tickets: number }): Promise<ImportResult> {
  const folder = mkdtempSync(join(tmpdir(), "hilo-bench-import-"))
  const url = await ground.database("import")
  const db = openDatabase(url, { max: 4, bounds: { statement_timeout: 60_000 } })
  try {
    const file = join(folder, "export.jsonl")
    await writeExport(file, tickets)
    const outbound = createOutbound({ allowPrivate: [] })
    const kit = {
      db,
      secrets: createSecrets(ground.secret),
      now: () => new Date(),
      channelApis: {},
      outbound,
      storage: openFileStorage(join(folder, "files")),
    }
    let peak = 0
    const onProgress = () => void (peak = Math.max(peak, process.memoryUsage.rss()))
    const timed = async () => {
      const began = performance.now()
      const input = await openInput(file, { outbound })
      const report = await runImport(kit, {
        input,
        source: "hilo",
        isDryRun: false,
        onProblem: console.error,
        onProgress,
      })
      return { report, perSecond: tickets / ((performance.now() - began) / 1_000) }
    }
    const spent = () => [cpuSecondsOf(process.pid), cpuSecondsOf(ground.postgresPid)] as const
    const before = spent()
    const first = await timed()
    const [hilo, postgres] = spent().map((seconds, i) => ((seconds - before[i]!) / tickets) * 1_000)
    if (first.report.made.tickets !== tickets) throw new Error(`imported ${first.report.made.tickets} of ${tickets}`)
    const again = await timed()
    if (again.report.made.tickets !== 0) throw new Error("imported twice")
    return {
      tickets,
      perSecond: first.perSecond,
      againPerSecond: again.perSecond,
      peakMb: peak / 1024 / 1024,
      hilo: hilo!,
      postgres: postgres!,
    }
  } finally {
    await db.close()
    await ground.drop(url)
    rmSync(folder, { recursive: true, force: true })
  }
}

const subjects = [
  "Order never arrived",
  "Factura con error",
  "Cannot sign in",
  "Cambio de dirección",
  "Producto dañado",
]

async function writeExport(path: string, tickets: number): Promise<void> {
  const file = createWriteStream(path)
  for (let i = 1; i <= tickets; i++) {
    const customer = Math.ceil(i / ticketsPerCustomer)
    const at = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString()
    const answeredAt = new Date(Date.UTC(2024, 0, 1) + i * 60_000 + 3_600_000).toISOString()
    const record = {
      type: "ticket",
      id: i,
      number: i,
      subject: `${subjects[i % subjects.length]} ${i}`,
      status: i % 20 === 0 ? "open" : "closed",
      contact: { id: `c${customer}`, name: `Customer ${customer}`, email: `customer${customer}@example.com` },
      tags: ["imported"],
      createdAt: at,
      closedAt: i % 20 === 0 ? undefined : answeredAt,
      messages: [
        {
          id: `${i}a`,
          content: `Hello, my order ${i} was to arrive last week and I have heard nothing since. Could you look where it is, please? Regards, customer ${customer}`,
          createdAt: at,
        },
        {
          id: `${i}b`,
          author: { kind: "system" },
          content: `Hello, order ${i} left our warehouse on Monday and is with the carrier; it will be with you tomorrow before noon. Kind regards, the team`,
          createdAt: answeredAt,
        },
      ],
    }
    if (!file.write(`${JSON.stringify(record)}\n`)) await new Promise((resolve) => file.once("drain", resolve))
  }
  file.end()
  await finished(file)
}

export function importPart({ tickets, perSecond, againPerSecond, peakMb, hilo, postgres }: ImportResult): string[] {
  return [
    "## Import",
    `${tickets.toLocaleString("en")} tickets with two messages each, one in four of a customer who is new: ${perSecond.toFixed(0)} tickets a second into an empty desk (goal: 1,000), ${againPerSecond.toFixed(0)} when the same file comes again. Each costs ${hilo.toFixed(2)} ms of Hilo and ${postgres.toFixed(2)} ms of PostgreSQL; ${peakMb.toFixed(0)} MB at most.`,
  ]
}
