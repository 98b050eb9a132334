// The files of messages: their bytes are kept before the batch is written, for no transaction waits for a disk or another server.
import { Readable } from "node:stream"
import { type ImportedFile, maxFileBytes, typeOfStored } from "#files/index.ts"
import { newId } from "#kernel/ids.ts"
import { FileTooLong } from "#kernel/storage/file-storage.ts"
import { endingAmong, fileNameOf } from "#kernel/storage/safe-file-names.ts"
import type { Problem } from "../import-report.ts"
import type { FileRow } from "./batch-of-records.ts"
import { type ImportStep, remember } from "./batch-import-context.ts"
import { type FilePlace, openFileBytes, tooLong, Unavailable } from "./open-file-bytes.ts"

type FileOutcome = Pick<ImportedFile, "mimeType"> &
  (
    | { state: "stored"; sha256: string; size: number }
    | { state: "failed"; reason: string; sha256: string | null; size: number | null }
  )
/** Without an outcome it could not be had now: the next run tries again. */
type SettledFile = { outcome?: FileOutcome; problem?: Problem }
/** By key, what became of the files of one batch: however often that is tried, and in halves, each is fetched once. */
export type SettledFiles = Map<string, SettledFile>

/** So many are fetched at a time: most of it is waiting for others. */
const atOnce = 6

/** Settles those that are not yet; gives what is wrong with any. */
export async function keepFiles(
  place: FilePlace,
  files: readonly FileRow[],
  settled: SettledFiles,
): Promise<Problem[]> {
  const distinct = [...Map.groupBy(files, ({ key }) => key).values()].map(([first]) => first!)
  const waiting = distinct.filter(({ key }) => !settled.has(key))
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      place.signal?.throwIfAborted()
      settled.set(file.key, await settle(place, file))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work)).finally(() => (waiting.length = 0))
  return distinct.flatMap(({ key }) => settled.get(key)!.problem ?? [])
}

const nothing = (reason: string) => ({ state: "failed" as const, reason, sha256: null, size: null })
const typeSaid = ({ mimeType }: FileRow) => mimeType ?? "application/octet-stream"

async function settle(place: FilePlace, file: FileRow): Promise<SettledFile> {
  try {
    return { outcome: await keep(place, file) }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    const field = [file.field, error.field].filter(Boolean).join(".")
    const problem = { line: file.line, field, expected: error.message, isRefused: false }
    return error.reason === null
      ? { problem }
      : { outcome: { ...nothing(error.reason), mimeType: typeSaid(file) }, problem }
  }
}

async function keep(place: FilePlace, file: FileRow): Promise<FileOutcome> {
  const bytes = await openFileBytes(place, file)
  if (place.isDryRun) return { ...nothing("gone"), mimeType: typeSaid(file) }
  const { storage } = place.kit
  // What ends a file on its way is that file's problem alone; what ends it where it is kept is the import's.
  try {
    const stored = await storage.put(Readable.from(bytes), maxFileBytes)
    const mimeType = await typeOfStored(storage, stored.sha256, typeSaid(file))
    const isRefused = endingAmong(fileNameOf(file.name, mimeType), place.refused) !== null
    return isRefused
      ? { state: "failed", reason: "refused", mimeType, ...stored }
      : { state: "stored", mimeType, ...stored }
  } catch (error) {
    throw error instanceof FileTooLong ? tooLong("url") : error
  }
}

/** The rows of files whose bytes are settled and whose messages are there. */
export function filesOfMessages(step: ImportStep, settled: SettledFiles): ImportedFile[] {
  return step.batch.files.flatMap((file) => {
    const outcome = settled.get(file.key)?.outcome
    if (step.known.has(file.key) || !outcome) return []
    const messageId = step.known.get(file.messageKey)?.id
    if (messageId === undefined) {
      if (file.field === "")
        step.say({
          line: file.line,
          field: "message",
          expected: "the id of a message, in front of it or imported before",
          isRefused: true,
        })
      return []
    }
    const id = newId("att")
    remember(step, file.key, id, { parentKey: file.messageKey })
    const fileName = fileNameOf(file.name, outcome.mimeType)
    return { id, messageId, fileName, ordinal: file.ordinal, createdAt: step.act.now, ...outcome }
  })
}
