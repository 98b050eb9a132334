// One batch on its way into the database: again when the desk was in the way, and by halves when one of its records is.
import { setTimeout as wait } from "node:timers/promises"
import { system, transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { type ImportReport, noCounts, type Problem } from "../import-report.ts"
import { knownRecords } from "../imported-record-store.ts"
import type { ReadRecord } from "../reading/read-records.ts"
import { keysOf, toBatch } from "./batch-of-records.ts"
import type { DeskNames } from "./teams-categories-and-connections-by-name.ts"
import type { ImportStep } from "./batch-import-context.ts"
import { keepFiles, type SettledFiles } from "./store-message-files.ts"
import { isOfData, mayBeRetried } from "./lost-race-and-retryable-errors.ts"
import type { FilePlace } from "./open-file-bytes.ts"
import { contentOf } from "./plan-messages.ts"
import { findMovedMessages, withoutRepeatedMessageIds } from "./refuse-repeated-message-ids.ts"
import { writeBatch } from "./write-batch.ts"

/** What an import needs of a desk. */
export type ImportKit = Pick<Kit, "db" | "now" | "storage" | "outbound">

export type ImportRun = Pick<ImportStep, "source" | "idSpace" | "isDryRun" | "home"> & {
  kit: ImportKit
  desk: DeskNames
  /** Reads the names again: what the desk had may be gone. */
  readDesk: () => Promise<DeskNames>
  files: FilePlace
  /** Keys that several messages of this run have had. */
  repeatedMessageKeys: Set<string>
  report: ImportReport
  say: (problem: Problem) => void
}

const tries = 6

type Batch = { records: readonly ReadRecord[]; settled: SettledFiles }

/** One batch; what the database refuses for its own sake is looked for by halves, and said. */
export const writeRecords = (run: ImportRun, records: readonly ReadRecord[]) =>
  write(run, { records, settled: new Map() })

async function write(run: ImportRun, batch: Batch): Promise<void> {
  for (let nth = 1; ; nth++) {
    try {
      return await tryBatch(run, batch)
    } catch (error) {
      if (nth < tries && mayBeRetried(error)) {
        await wait(20 * 2 ** nth)
        run.desk = await run.readDesk()
      } else if (isOfData(error)) return narrowDown(run, batch, error as Error)
      else throw error
    }
  }
}

async function narrowDown(run: ImportRun, { records, settled }: Batch, { message }: Error): Promise<void> {
  if (records.length === 1) {
    const expected = `what the database takes (${message.slice(0, 200)})`
    return run.say({ line: records[0]!.line, field: "", expected, isRefused: true })
  }
  const middle = Math.ceil(records.length / 2)
  await write(run, { records: records.slice(0, middle), settled })
  await write(run, { records: records.slice(middle), settled })
}

async function tryBatch(run: ImportRun, { records, settled }: Batch): Promise<void> {
  const { kit, source, idSpace, isDryRun, home, report } = run
  const all = toBatch(idSpace, records)
  const keys = keysOf(idSpace, all)
  const problems: Problem[] = []
  const say = (problem: Problem) => void problems.push(problem)
  const before = await transact(kit.db, (tx) => knownRecords({ tx }, keys, isDryRun))
  const moved = await findMovedMessages(kit.db, all, before)
  const batch = withoutRepeatedMessageIds(all, { known: before, moved, repeated: run.repeatedMessageKeys }, say)
  // Long HTML takes its time, and no transaction waits for it.
  for (const row of batch.messages) if (!before.has(row.key)) row.content = contentOf(row)
  const files = batch.files.filter(({ key }) => !before.has(key))
  problems.push(...(await keepFiles(run.files, files, settled)))
  const counts = noCounts()
  const renumbered = await transact(kit.db, async (tx) => {
    const act = { tx, actor: system, now: kit.now() }
    const step: ImportStep = {
      act,
      source,
      idSpace,
      batch,
      isDryRun,
      home,
      known: new Map(before),
      made: [],
      counts,
      renumbered: 0,
      say,
    }
    await writeBatch(step, run.desk, settled)
    return step.renumbered
  })
  report.known += [...batch.tickets, ...batch.messages].filter(({ key }) => before.has(key)).length
  report.renumbered += renumbered
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) report.made[name] += counts[name]
  for (const problem of problems.toSorted((a, b) => a.line - b.line)) run.say(problem)
}
