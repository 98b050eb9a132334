// An import from its first line to its last: twice through the input, first for its highest number, then batch by batch into the
// database, while the desk works on.
import { setTimeout as wait } from "node:timers/promises"
import { sql } from "kysely"
import { inTransaction, system, transact } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { readSetting } from "#settings/index.ts"
import { raiseNumberSequence } from "#tickets/index.ts"
import { cutIntoBatches, readAhead } from "./cut-into-batches.ts"
import { createReport, type ImportReport, type Problem } from "./import-report.ts"
import { lockImports } from "./import-lock.ts"
import { createDryRunTable } from "./imported-record-store.ts"
import type { ImportInput } from "./reading/open-input.ts"
import { findHighestNumber } from "./reading/find-highest-number.ts"
import { readRecords } from "./reading/read-records.ts"
import { type SourceName, sources } from "./source-registry.ts"
import { readDeskNames } from "./writing/teams-categories-and-connections-by-name.ts"
import { mayBeRetried } from "./writing/lost-race-and-retryable-errors.ts"
import { type ImportKit, type ImportRun, writeRecords } from "./writing/write-with-retries.ts"

export type ImportWish = {
  input: ImportInput
  source: SourceName
  /** The name of the desk that was exported, whose ids it has; else the `origin` of the input. */
  desk?: string | undefined
  isDryRun: boolean
  onProblem: (problem: Problem) => void
  /** From 0 to 1. */
  onProgress: (part: number) => void
  /** Ends it between two batches; what they brought stays. */
  signal?: AbortSignal
}

/** Throws when another import runs. Run again it goes on, and makes nothing twice. */
export async function runImport(kit: ImportKit, wish: ImportWish): Promise<ImportReport> {
  const { input, source, isDryRun, onProblem, onProgress, signal } = wish
  const { report, say } = createReport(isDryRun, onProblem)
  const lock = isDryRun ? null : await lockImports(kit.db)
  const importId = newId("imp")
  try {
    if (isDryRun) await createDryRunTable(kit.db)
    else await prepare(kit, importId, wish)
    const run = await startRun(kit, wish, { report, say })
    let read = 0
    const values = input.values((bytes) => (read += bytes))
    for await (const records of readAhead(cutIntoBatches(readRecords(values, sources[source], say)))) {
      signal?.throwIfAborted()
      lock?.check()
      await writeRecords(run, records)
      report.records += records.length
      onProgress(input.size === 0 ? 1 : Math.min(1, read / input.size))
    }
    report.problems.sort((a, b) => a.line - b.line)
    return report
  } finally {
    if (lock) await recordEnd(kit, importId, wish, report).finally(lock.release)
  }
}

/** Before anything is written the sequence is past every number of the input, so that no ticket of today takes one of them. */
async function prepare(kit: ImportKit, importId: string, { input, source, signal }: ImportWish): Promise<void> {
  const highest = await findHighestNumber(input.values(), sources[source], signal)
  const after = { source }
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    recordAdminAct(act, "import.started", {
      subjectId: importId,
      name: input.name,
      after,
      fields: ["source"],
      data: after,
    }),
  )
  if (highest > 0) await raiseSequence(kit, highest)
}

const mostTriesForLock = 40

/** Nobody makes a ticket while the sequence is moved: so it waits for others for a moment only, and again. */
async function raiseSequence(kit: ImportKit, highest: number): Promise<void> {
  for (let nth = 1; ; nth++) {
    try {
      return await transact(kit.db, async (tx) => {
        const { rows } = await sql`select from ticket_number_seq where last_value < ${highest}`.execute(tx)
        if (rows.length === 0) return
        await sql`set local lock_timeout = '300ms'`.execute(tx)
        await raiseNumberSequence({ tx, actor: system, now: kit.now() }, highest)
      })
    } catch (error) {
      if (nth === mostTriesForLock || !mayBeRetried(error)) throw error
      await wait(250)
    }
  }
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
  { input, source, desk: origin = input.origin, isDryRun, signal }: ImportWish,
  said: Pick<ImportRun, "report" | "say">,
): Promise<ImportRun> {
  const days = await readSetting(kit.db, "support.autoCloseDays")
  const readDesk = () => transact(kit.db, (tx) => readDeskNames({ tx, actor: system, now: kit.now() }, days))
  const refused = await readSetting(kit.db, "attachments.refused")
  return {
    kit,
    source,
    idSpace: origin === "" ? source : `${source}:${origin}`,
    isDryRun,
    home: await readSetting(kit.db, "desk.country"),
    desk: await readDesk(),
    readDesk,
    repeatedMessageKeys: new Set(),
    files: { kit, folder: input.folder, refused, isDryRun, signal, failures: new Map() },
    ...said,
  }
}
