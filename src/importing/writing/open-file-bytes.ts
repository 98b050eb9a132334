// Where the bytes of a file come from: the record itself, a file beside the import's own, or an address of the public internet.
import { createReadStream } from "node:fs"
import { realpath, stat } from "node:fs/promises"
import { resolve, sep } from "node:path"
import type { Readable } from "node:stream"
import { maxFileBytes } from "#files/index.ts"
import type { Kit } from "#kernel/kit.ts"
import type { FileRow } from "./batch-of-records.ts"

export type FilePlace = {
  kit: Pick<Kit, "storage" | "outbound">
  /** Where the paths of files begin; null: there are none. */
  folder: string | null
  /** Endings of files that are kept and offered to nobody. */
  refused: readonly string[]
  isDryRun: boolean
  signal: AbortSignal | undefined
  /** By host, how often in succession it gave no whole file. */
  failures: Map<string, number>
}

/** The bytes cannot be had, for this reason; null: another run may have them. */
export class Unavailable extends Error {
  readonly field: string
  readonly reason: string | null
  constructor(field: string, expected: string, reason: string | null = "gone") {
    super(expected)
    this.field = field
    this.reason = reason
  }
}

export const tooLong = (field: string) =>
  new Unavailable(field, `a file of at most ${maxFileBytes / 1024 / 1024} MB`, "too_long")

type Bytes = Iterable<Buffer> | AsyncIterable<Buffer>

/** Throws `Unavailable`, and so do the bytes when they break off. A dry run asks no address. */
export async function openFileBytes(place: FilePlace, { base64, path, url }: FileRow): Promise<Bytes> {
  if (base64 !== undefined) return bytesOfBase64(base64)
  if (path !== undefined) return fileIn(place.folder, path)
  if (url === undefined) throw new Unavailable("", "path, url or base64: without its bytes the file is only named")
  refusePrivate(place, url)
  return place.isDryRun ? [] : download(place, url)
}

function bytesOfBase64(base64: string): Bytes {
  const bytes = Buffer.from(base64, "base64")
  if (bytes.length > maxFileBytes) throw tooLong("base64")
  return [bytes]
}

/** Only files beside the import's own, whatever links and dots a path has. */
async function fileIn(folder: string | null, path: string): Promise<Bytes> {
  const expected = "the path of a file in the folder of this one"
  if (folder === null) throw new Unavailable("path", expected)
  const real = await realpath(resolve(folder, path)).catch(() => null)
  const home = await realpath(folder)
  if (real === null || !real.startsWith(home + sep)) throw new Unavailable("path", expected)
  const found = await stat(real)
  if (!found.isFile()) throw new Unavailable("path", expected)
  if (found.size > maxFileBytes) throw tooLong("path")
  return fileBytes(real)
}

async function* fileBytes(path: string) {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>
  } catch {
    throw new Unavailable("path", "a file that can be read; run the import again", null)
  }
}

function refusePrivate({ kit: { outbound } }: FilePlace, url: string): void {
  if (outbound.refuses(url)) throw new Unavailable("url", "an address on the public internet")
}

const mostRedirects = 3
const patience = { idleMs: 15_000, withinMs: 120_000 }
/** A host that is gone, or sends byte by byte, would be waited for at each of its files. */
const mostFailures = 5

/** Each address on the way is one that an export named: to the public internet alone. */
async function download(place: FilePlace, url: string): Promise<Bytes> {
  const { failures, signal } = place
  let address = url
  for (let hop = 0; hop <= mostRedirects; hop++) {
    refusePrivate(place, address)
    const { host } = new URL(address)
    const failed = () => failures.set(host, (failures.get(host) ?? 0) + 1)
    if ((failures.get(host) ?? 0) >= mostFailures)
      throw new Unavailable("url", `an address that answers, and ${host} does not; run the import again`, null)
    const answer = await place.kit.outbound
      .ask({ method: "GET", url: address, chosenBy: "user", ...patience, signal })
      .catch(() => null)
    signal?.throwIfAborted()
    if (answer === null) {
      failed()
      throw new Unavailable("url", "an address that answers; run the import again", null)
    }
    if (answer.status === 200) return bodyBytes(answer.body, failed, () => failures.delete(host))
    failures.delete(host)
    answer.discard()
    const next =
      answer.status >= 300 && answer.status < 400 ? URL.parse(answer.header("location") ?? "", address) : null
    if (!next)
      throw new Unavailable("url", `a file, not status ${answer.status}`, isGone(answer.status) ? "gone" : null)
    address = next.href
  }
  throw new Unavailable("url", "an address that leads to a file")
}

const isGone = (status: number) => status === 404 || status === 410

function bodyBytes(body: Readable, onFailure: () => void, onEnd: () => void): Bytes {
  // Its reader gets its error then; one that comes before must not end the process.
  body.on("error", () => {})
  return (async function* () {
    try {
      yield* body as AsyncIterable<Buffer>
      onEnd()
    } catch {
      onFailure()
      throw new Unavailable("url", "an address that gives all of its file; run the import again", null)
    }
  })()
}
