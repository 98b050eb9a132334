// The input of an import: a file, or the answer of an address, which is kept beside the desk's data first, for it is read twice.
import { createReadStream, createWriteStream } from "node:fs"
import { mkdtemp, open, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { pipeline as pipe } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import type { Outbound } from "#kernel/outbound/http-client.ts"
import { decodeTextFile } from "#texts/decode-text-file.ts"
import type { Source } from "../sources/source.ts"
import { downloadFromApi } from "./download-from-api.ts"
import type { InputValue } from "./input-value-type.ts"
import { readCsvRows } from "./read-csv-rows.ts"
import { readJsonValues } from "./read-json-values.ts"
import { transcodeUtf16 } from "./transcode-utf16.ts"

export type ImportInput = {
  name: string
  /** Of an API, which desk it is of: no other one has its ids. Of a file "". */
  origin: string
  /** Bytes on the disk: what progress is measured by. */
  size: number
  /** Where the paths of attachments begin; null for what came from an address. */
  folder: string | null
  /** The values from the beginning, each time. `onRead` gets how many bytes were read from the disk. */
  values: (onRead?: (bytes: number) => void) => AsyncGenerator<InputValue>
  close: () => Promise<void>
}

type Opening = {
  outbound: Outbound
  /** Of which tool: an address that is no file's is asked as the API of that tool is. */
  source?: Source
  /** How many values of an API were read. */
  onRead?: (values: number) => void
  /** Ends what is fetched. */
  signal?: AbortSignal
}

/** Throws when it cannot be opened. `HILO_IMPORT_TOKEN` opens an address. */
export async function openInput(where: string, opening: Opening): Promise<ImportInput> {
  if (/^https?:\/\//i.test(where)) return openAddress(new URL(where), opening)
  const found = await stat(where).catch(() => null)
  if (!found?.isFile()) throw new Error(`${where} is no file that can be read.`)
  return inputOf(where, { name: basename(where), origin: "", folder: dirname(where), close: async () => {} })
}

const patience = { idleMs: 60_000, withinMs: 4 * 60 * 60_000 }
const fileEndings = /\.(jsonl|ndjson|json|csv)(\.gz)?$/i

async function openAddress(
  address: URL,
  { outbound, source, onRead = () => {}, signal }: Opening,
): Promise<ImportInput> {
  const token = process.env["HILO_IMPORT_TOKEN"] ?? ""
  const folder = await mkdtemp(join(tmpdir(), "hilo-import-"))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    if (source?.api && !fileEndings.test(address.pathname)) {
      const path = await downloadFromApi(source.api, { address, token, outbound, folder, onRead, signal })
      const origin = address.host + (source.api.account?.(address) ?? "")
      return await inputOf(path, { name: address.host, origin, folder, close })
    }
    const path = await downloadFile(address, token, { outbound, folder, signal })
    return await inputOf(path, { name: basename(path), origin: "", folder: null, close })
  } catch (error) {
    await close()
    throw error
  }
}

type Download = { outbound: Outbound; folder: string; signal: AbortSignal | undefined }

async function downloadFile(address: URL, token: string, { outbound, folder, signal }: Download): Promise<string> {
  const headers = token === "" ? {} : { authorization: token.includes(" ") ? token : `Bearer ${token}` }
  const asked = { method: "GET", url: address.href, headers, chosenBy: "operator", ...patience, signal } as const
  const answer = await outbound.ask(asked)
  if (answer.status !== 200) {
    answer.discard()
    throw new Error(`${address.host} answers ${answer.status}: the address must lead to a file.`)
  }
  const path = join(folder, basename(address.pathname) || "import")
  await pipeline(answer.body, createWriteStream(path, { mode: 0o600 }))
  return path
}

async function inputOf(
  path: string,
  more: Pick<ImportInput, "name" | "origin" | "folder" | "close">,
): Promise<ImportInput> {
  const { size, mtimeMs } = await stat(path)
  const isGzip = (await headOf(path)).subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))
  const isJson = isGzip ? !/\.csv(\.gz)?$/i.test(path) : looksLikeJson(await headOf(path))
  async function* values(onRead: (bytes: number) => void = () => {}) {
    const bytes = transcodeUtf16(bytesOf(path, { size, isGzip, onRead }))
    yield* isJson ? readJsonValues(bytes) : readCsvRows(bytes)
    // It is read twice, and the second time no other numbers may stand in it.
    const now = await stat(path)
    if (now.size !== size || now.mtimeMs !== mtimeMs)
      throw new Error(`${more.name} changed while it was read: import a copy that nobody writes to.`)
  }
  return { ...more, size, values }
}

type Reading = { size: number; isGzip: boolean; onRead: (bytes: number) => void }

async function* bytesOf(path: string, { size, isGzip, onRead }: Reading): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024, end: Math.max(0, size - 1) })
  file.on("data", (chunk) => onRead(chunk.length))
  // An error of either stream is the reader's, and a reader that stops ends both.
  yield* (isGzip ? pipe(file, createGunzip(), () => {}) : file) as AsyncIterable<Buffer>
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const looksLikeJson = (head: Buffer) => /^[\uFEFF\s]*[[{]/.test(decodeTextFile(head))
