// The files of messages: their bytes are kept before the batch is written, for no transaction waits for a disk or another server.
import { createReadStream } from "node:fs"
import { realpath, stat } from "node:fs/promises"
import { resolve, sep } from "node:path"
import { Readable } from "node:stream"
import { type ImportedFile, maxFileBytes, typeOfStored } from "#files/index.ts"
import { newId } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import { FileTooLong } from "#kernel/storage/file-storage.ts"
import { endingAmong, fileNameOf } from "#kernel/storage/safe-file-names.ts"
import type { Problem } from "../import-report.ts"
import type { FileRow, ImportBatch } from "./batch-of-records.ts"
import { type ImportStep, remember } from "./import-step.ts"

type FileOutcome = Pick<ImportedFile, "mimeType"> &
  (
    | { state: "stored"; sha256: string; size: number }
    | { state: "failed"; reason: string; sha256: string | null; size: number | null }
  )
/** By key. What is missing could not be had now: the next run tries again. */
export type KeptFiles = ReadonlyMap<string, FileOutcome>

export type FilePlace = {
  kit: Pick<Kit, "storage" | "outbound">
  /** Where the paths of files begin; null: there are none. */
  folder: string | null
  /** Endings of files that are kept and offered to nobody. */
  refused: readonly string[]
  isDryRun: boolean
  signal: AbortSignal | undefined
}

export async function keepFiles(
  place: FilePlace,
  batch: ImportBatch,
  known: ReadonlyMap<string, unknown>,
  say: (problem: Problem) => void,
): Promise<KeptFiles> {
  const kept = new Map<string, FileOutcome>()
  for (const file of batch.files) {
    if (known.has(file.key) || kept.has(file.key)) continue
    place.signal?.throwIfAborted()
    try {
      kept.set(file.key, await keep(place, file))
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      const field = [file.field, error.field].filter(Boolean).join(".")
      say({ line: file.line, field, expected: error.message, isRefused: false })
      if (error.isForGood) kept.set(file.key, { ...nothing, mimeType: typeSaid(file) })
    }
  }
  return kept
}

const nothing = { state: "failed" as const, reason: "gone", sha256: null, size: null }
const typeSaid = ({ mimeType }: FileRow) => mimeType ?? "application/octet-stream"

class Unavailable extends Error {
  readonly field: string
  readonly isForGood: boolean
  constructor(field: string, expected: string, isForGood = true) {
    super(expected)
    this.field = field
    this.isForGood = isForGood
  }
}

async function keep(place: FilePlace, file: FileRow): Promise<FileOutcome> {
  const bytes = await bytesOf(place, file)
  // Its reader gets its error then; one that comes before must not end the process.
  bytes.on("error", () => {})
  if (place.isDryRun) {
    bytes.destroy()
    return { ...nothing, mimeType: typeSaid(file) }
  }
  const { storage } = place.kit
  try {
    const stored = await storage.put(Readable.from(readable(bytes, file)), maxFileBytes)
    const mimeType = await typeOfStored(storage, stored.sha256, typeSaid(file))
    const isRefused = endingAmong(fileNameOf(file.name, mimeType), place.refused) !== null
    return isRefused
      ? { state: "failed", reason: "refused", mimeType, ...stored }
      : { state: "stored", mimeType, ...stored }
  } catch (error) {
    if (!(error instanceof FileTooLong)) throw error
    return { ...nothing, reason: "too_long", mimeType: typeSaid(file) }
  }
}

// What ends a file on its way is that file's problem alone; what ends it where it is kept is the import's.
async function* readable(bytes: Readable, { path }: FileRow) {
  try {
    yield* bytes
  } catch {
    const whole = path === undefined ? "an address that gives all of its file" : "a file that can be read"
    throw new Unavailable(path === undefined ? "url" : "path", `${whole}; run the import again`, false)
  }
}

async function bytesOf(
  { kit, folder, isDryRun, signal }: FilePlace,
  { base64, path, url }: FileRow,
): Promise<Readable> {
  if (base64 !== undefined) return Readable.from([Buffer.from(base64, "base64")])
  if (path !== undefined) return fileIn(folder, path)
  if (url === undefined) throw new Unavailable("", "path, url or base64: without its bytes the file is only named")
  return isDryRun ? Readable.from([]) : download(kit, url, signal)
}

/** Only files beside the import's own, whatever links and dots a path has. */
async function fileIn(folder: string | null, path: string): Promise<Readable> {
  const expected = "the path of a file in the folder of this one"
  if (folder === null) throw new Unavailable("path", expected)
  const real = await realpath(resolve(folder, path)).catch(() => null)
  const home = await realpath(folder)
  if (real === null || !real.startsWith(home + sep) || !(await stat(real)).isFile())
    throw new Unavailable("path", expected)
  return createReadStream(real)
}

const mostRedirects = 3
const patience = { idleMs: 15_000, withinMs: 120_000 }

/** Each address on the way is one that an export named: to the public internet alone. */
async function download(
  { outbound }: Pick<Kit, "outbound">,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Readable> {
  let address = url
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await outbound
      .ask({ method: "GET", url: address, chosenBy: "user", ...patience, signal })
      .catch(() => null)
    if (answer === null) throw new Unavailable("url", "an address that answers; run the import again", false)
    if (answer.status === 200) return answer.body
    answer.discard()
    const next =
      answer.status >= 300 && answer.status < 400 ? URL.parse(answer.header("location") ?? "", address) : null
    if (!next)
      throw new Unavailable(
        "url",
        `a file, not status ${answer.status}`,
        answer.status === 404 || answer.status === 410,
      )
    address = next.href
  }
  throw new Unavailable("url", "an address that leads to a file")
}

/** The rows of files whose bytes are settled and whose messages are there. */
export function filesOfMessages(step: ImportStep, kept: KeptFiles): ImportedFile[] {
  return step.batch.files.flatMap((file) => {
    const outcome = kept.get(file.key)
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
    remember(step, file.key, id)
    const fileName = fileNameOf(file.name, outcome.mimeType)
    return { id, messageId, fileName, ordinal: file.ordinal, createdAt: step.act.now, ...outcome }
  })
}
