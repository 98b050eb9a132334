// hilo import FILE|URL [--from SOURCE] [--desk NAME] [--dry-run] [--json]: tickets of another system, with their people, messages and files.
import { parseArgs } from "node:util"
import {
  type ImportInput,
  type ImportReport,
  openInput,
  type Problem,
  runImport,
  type SourceName,
  sourceNames,
  sources,
} from "#importing/index.ts"
import { type Config, parseConfig } from "#kernel/config.ts"
import { openClock } from "#kernel/database/database-clock.ts"
import { createLog } from "#kernel/log.ts"
import type { Database } from "#kernel/db.ts"
import { createOutbound, type Outbound } from "#kernel/outbound/http-client.ts"
import { onStopSignal } from "#kernel/stop-signal.ts"
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { createProgressLine, progressBar } from "./progress-line.ts"
import { withDatabase, withDatabaseAsItIs } from "./with-database.ts"

export const usage = `hilo import FILE|URL [--from ${sourceNames.join("|")}] [--desk NAME] [--dry-run] [--json]
--desk keeps the ids of several desks of one tool apart: give each file of a desk the same name; an API is known by its address.`

/** For a batch: it holds the locks of nobody for long, and may take longer than a request. */
const bounds = { statement_timeout: 60_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 60_000 }

type Wish = { where: string; source: SourceName; desk: string | undefined; isDryRun: boolean; isJson: boolean }

/** 0 all is in, 1 something was refused, 2 nothing could be imported, or not to the end: run it again. */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === null) return 2
  const stop = new AbortController()
  onStopSignal(() => stop.abort(new Error("it was asked to.")))
  try {
    const report = await importAll(wish, stop.signal)
    console.log(wish.isJson ? JSON.stringify(report) : asText(report))
    return report.refused > 0 ? 1 : 0
  } catch (error) {
    const { message } = (stop.signal.aborted ? stop.signal.reason : error) as Error
    console.error(`The import stopped: ${message}\nWhat was imported stays; run again, it goes on from there.`)
    return 2
  }
}

function wished(args: string[]): Wish | null {
  try {
    const flag = { type: "boolean", default: false } as const
    const options = {
      from: { type: "string", default: "hilo" },
      desk: { type: "string" },
      "dry-run": flag,
      json: flag,
    } as const
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const source = sourceNames.find((name) => name === values.from)
    if (positionals.length !== 1) throw new Error("One file or address is imported at a time.")
    if (!source) throw new Error(`--from takes ${sourceNames.join(", ")}.`)
    const { desk, "dry-run": isDryRun, json: isJson } = values
    return { where: positionals[0]!, source, desk, isDryRun, isJson }
  } catch (error) {
    console.error(`${(error as Error).message}\nUsage: ${usage}`)
    return null
  }
}

async function importAll({ where, source, desk, isDryRun, isJson }: Wish, signal: AbortSignal): Promise<ImportReport> {
  const config = parseConfig(process.env)
  const outbound = createOutbound(config)
  const line = createProgressLine()
  const onRead = (values: number) => line.show(`${values} read`)
  const input = await openInput(where, { outbound, source: sources[source], onRead, signal }).finally(line.clear)
  try {
    // A dry run remembers in its session, so that it has one connection alone; and it makes no database.
    const within = isDryRun ? withDatabaseAsItIs : withDatabase
    return await within((db) => importInto(db, config, { input, source, desk, isDryRun, isJson, outbound, signal }), {
      bounds,
      name: "hilo import",
      max: isDryRun ? 1 : 4,
    })
  } finally {
    await input.close()
  }
}

type Task = Omit<Wish, "where"> & { input: ImportInput; outbound: Outbound; signal: AbortSignal }

async function importInto(db: Database, config: Config, { isJson, outbound, ...task }: Task) {
  const clock = await openClock(db, createLog("silent"))
  const storage = openAttachmentStorage(config)
  const line = createProgressLine()
  const onProblem = (problem: Problem) => !isJson && line.above(problemLine(problem))
  const wish = { ...task, onProblem, onProgress: (part: number) => line.show(progressBar(part)) }
  try {
    return await runImport({ db, now: clock.now, storage, outbound }, wish)
  } finally {
    line.clear()
    await clock.stop()
  }
}

const problemLine = ({ line, field, expected, isRefused }: Problem) =>
  `line ${line}${field && `, ${field}`}: expected ${expected}${isRefused ? " (left out)" : ""}`

function asText({ records, made, known, renumbered, problemCount, refused, isDryRun }: ImportReport): string {
  const figures = Object.entries(made).map(([name, n]) => `${n} ${name}`)
  return [
    `${isDryRun ? "Would import" : "Imported"} ${figures.join(", ")}.`,
    ...(known > 0 ? [`${known} tickets and messages were there from an earlier run.`] : []),
    ...(renumbered > 0 ? [`${renumbered} tickets have a new number; they are found by the old one too.`] : []),
    problemCount === 0
      ? records === 0
        ? "No record stands in it."
        : "Everything was as expected."
      : `${problemCount} things were not as expected, ${refused} records were left out.`,
  ].join("\n")
}
