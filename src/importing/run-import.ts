// An import from its first line to its last: twice through the input, first for its highest number, then batch by batch into the
// database, while the desk works on.
import { setTimeout as wait } from "node:timers/promises"
import { inTransaction, system, transact } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { raiseNumberSequence } from "#tickets/index.ts"
import { cutIntoBatches, readAhead } from "./cut-into-batches.ts"
import { createReport, type ImportReport, noCounts, type Problem } from "./import-report.ts"
import { createDryRunTable, knownRecords } from "./imported-record-store.ts"
import type { ImportInput } from "./reading/open-input.ts"
import { type ReadRecord, readRecords } from "./reading/read-records.ts"
import { type SourceName, sources } from "./source-registry.ts"
import { keysOf, toBatch } from "./writing/batch-of-records.ts"
import { type DeskNames, readDeskNames } from "./writing/desk-names.ts"
import type { ImportStep } from "./writing/import-step.ts"
import { type FilePlace, keepFiles } from "./writing/keep-files.ts"
import { ownNumber } from "./writing/keep-numbers.ts"
import { isOfData, mayBeRetried } from "./writing/lost-race.ts"
import { writeBatch } from "./writing/write-batch.ts"

export type ImportWish = {
  input: ImportInput
  source: SourceName
  isDryRun: boolean
  onProblem: (problem: Problem) => void
  /** From 0 to 1. */
  onProgress: (part: number) => void
}

/** What an import needs of a desk. */
export type ImportKit = Pick<Kit, "db" | "now" | "storage" | "outbound">

type Run = Pick<ImportStep, "source" | "isDryRun" | "home"> & {
  kit: ImportKit
  desk: DeskNames
  files: FilePlace
  report: ImportReport
  say: (problem: Problem) => void
}

/** Throws when another import runs. Run again it goes on, and makes nothing twice. */
export async function runImport(kit: ImportKit, wish: ImportWish): Promise<ImportReport> {
  const { input, source, isDryRun, onProblem, onProgress } = wish
  const { report, say } = createReport(isDryRun, onProblem)
  const release = isDryRun ? async () => {} : await lockImports(kit)
  const importId = newId("imp")
  try {
    if (isDryRun) await createDryRunTable(kit.db)
    else await prepare(kit, importId, wish)
    const run = await startRun(kit, wish, { report, say })
    let read = 0
    const values = input.values((bytes) => (read += bytes))
    for await (const records of readAhead(cutIntoBatches(readRecords(values, sources[source], say)))) {
      await writeRecords(run, records)
      report.records += records.length
      onProgress(input.size === 0 ? 1 : Math.min(1, read / input.size))
    }
    report.problems.sort((a, b) => a.line - b.line)
    return report
  } finally {
    if (!isDryRun) await recordEnd(kit, importId, wish, report).finally(release)
  }
}

const importLock = 4_410_180

/** One import at a time, for two could bring the same record at once. */
async function lockImports({ db }: ImportKit): Promise<() => Promise<void>> {
  const client = await db.pool.connect()
  const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [importLock])
  const release = async () => {
    await client.query("select pg_advisory_unlock($1)", [importLock]).catch(() => {})
    client.release()
  }
  if (rows[0]!.mine) return release
  client.release()
  throw new Error("Another import is running: wait for it to end.")
}

/** Before anything is written the sequence is past every number of the input, so that no ticket of today takes one of them. */
async function prepare(kit: ImportKit, importId: string, { input, source }: ImportWish): Promise<void> {
  let highest = 0
  for await (const { record } of readRecords(input.values(), sources[source], () => {}))
    if (record.type === "ticket") highest = Math.max(highest, ownNumber(record.number) ?? 0)
  await inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const after = { source }
    await recordAdminAct(act, "import.started", {
      subjectId: importId,
      name: input.name,
      after,
      fields: ["source"],
      data: after,
    })
    // Last, for no ticket is made while it holds its lock.
    if (highest > 0) await raiseNumberSequence(act, highest)
  })
}

async function recordEnd(
  kit: ImportKit,
  importId: string,
  { input, source }: ImportWish,
  report: ImportReport,
): Promise<void> {
  const { made, known, refused } = report
  const after = { source, ...made, known, refused }
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    recordAdminAct(act, "import.finished", {
      subjectId: importId,
      name: input.name,
      after,
      fields: ["source", "tickets", "messages", "contacts", "users", "attachments", "known", "refused"],
      data: after,
    }),
  )
}

async function startRun(
  kit: ImportKit,
  { input, source, isDryRun }: ImportWish,
  said: Pick<Run, "report" | "say">,
): Promise<Run> {
  const days = await readSetting(kit.db, "support.autoCloseDays")
  const desk = await transact(kit.db, (tx) => readDeskNames({ tx, actor: system, now: kit.now() }, days))
  const refused = await readSetting(kit.db, "attachments.refused")
  const files = { kit, folder: input.folder, refused, isDryRun }
  return { kit, source, isDryRun, home: await readSetting(kit.db, "desk.country"), desk, files, ...said }
}

const tries = 6

/** One batch; what the database refuses for its own sake is looked for by halves, and said. */
async function writeRecords(run: Run, records: readonly ReadRecord[]): Promise<void> {
  for (let nth = 1; ; nth++) {
    try {
      return await tryBatch(run, records)
    } catch (error) {
      if (nth < tries && mayBeRetried(error)) await wait(20 * 2 ** nth)
      else if (isOfData(error)) return narrowDown(run, records, error as Error)
      else throw error
    }
  }
}

async function narrowDown(run: Run, records: readonly ReadRecord[], { message }: Error): Promise<void> {
  if (records.length === 1) {
    const expected = `what the database takes (${message.slice(0, 200)})`
    return run.say({ line: records[0]!.line, field: "", expected, isRefused: true })
  }
  const middle = Math.ceil(records.length / 2)
  await writeRecords(run, records.slice(0, middle))
  await writeRecords(run, records.slice(middle))
}

async function tryBatch(run: Run, records: readonly ReadRecord[]): Promise<void> {
  const { kit, source, isDryRun, home, report } = run
  const batch = toBatch(source, records)
  const keys = keysOf(source, batch)
  const problems: Problem[] = []
  const say = (problem: Problem) => void problems.push(problem)
  const before = await transact(kit.db, (tx) => knownRecords({ tx }, keys, isDryRun))
  const kept = batch.files.length === 0 ? new Map() : await keepFiles(run.files, batch, before, say)
  const counts = noCounts()
  const renumbered = await transact(kit.db, async (tx) => {
    const act = { tx, actor: system, now: kit.now() }
    const step: ImportStep = {
      act,
      source,
      batch,
      isDryRun,
      home,
      known: new Map(before),
      made: [],
      counts,
      renumbered: 0,
      say,
    }
    await writeBatch(step, run.desk, kept)
    return step.renumbered
  })
  report.known += [...batch.tickets, ...batch.messages].filter(({ key }) => before.has(key)).length
  report.renumbered += renumbered
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) report.made[name] += counts[name]
  for (const problem of problems.toSorted((a, b) => a.line - b.line)) run.say(problem)
}
