// The file of a backup: its mark, what the key is derived from, the compressed and encrypted stream, and an end by which a
// file that was cut off is known before anything is done with it.
import { createReadStream, createWriteStream } from "node:fs"
import { access, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { pipeline } from "node:stream/promises"
import { createZstdCompress, createZstdDecompress } from "node:zlib"
import {
  decrypt,
  encrypt,
  EncryptedStreamDamaged,
  headBytes,
  newStreamKey,
  streamKeyOf,
  tagBytes,
} from "./encrypted-chunks.ts"

const mark = Buffer.from("HILOBAK1")
const end = Buffer.from("HILOEND1")
const bufferBytes = 256 * 1024

/** What an operator must know of a backup that cannot be made or used; one line. */
export class BackupError extends Error {}

/** Writes all that comes, readable by its owner alone. The name appears once all of it is on the disk, else nothing stays. */
export async function writeBackupFile(
  path: string,
  passphrase: string,
  { bytes, signal }: { bytes: AsyncIterable<Buffer>; signal: AbortSignal },
): Promise<void> {
  await refuseExisting(path)
  const draft = `${path}.${process.pid}.part`
  const { key, head } = await newStreamKey(passphrase)
  async function* framed(compressed: AsyncIterable<Buffer>) {
    yield Buffer.concat([mark, head])
    yield* encrypt(compressed, key)
    yield end
  }
  try {
    const file = createWriteStream(draft, { flags: "wx", mode: 0o600, flush: true })
    await pipeline(bytes, createZstdCompress({ chunkSize: bufferBytes }), framed, file, { signal })
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(draft, { force: true })
    throw signal.aborted ? signal.reason : inOneLine(error, path)
  }
}

/** Throws where there is something under that name. */
export async function refuseExisting(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) throw new BackupError(`${path} is there already: choose another name, or move it away.`)
}

async function syncFolder(path: string) {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}

function inOneLine(error: unknown, path: string): unknown {
  const { code, syscall } = error as { code?: string; syscall?: string }
  if (code === "ENOSPC" || code === "EDQUOT")
    return new BackupError(`There is no room left for ${path}: nothing was kept of it.`)
  return syscall === "open" ? new BackupError(`${path} cannot be written (${code}).`) : error
}

export type BackupFile = {
  /** Bytes of the whole file. */
  size: number
  /** What was written, to be read once; `onRead` is given how many bytes of the file were read. Throws `BackupError` where it is damaged. */
  read: (onRead: (bytes: number) => void) => AsyncGenerator<Buffer>
}

/** Throws `BackupError` unless it is a whole backup with this passphrase. */
export async function openBackupFile(path: string, passphrase: string): Promise<BackupFile> {
  const { size, begin, last } = await readEnds(path)
  if (!begin.subarray(0, mark.length).equals(mark)) throw new BackupError(`${path} is not a backup of Hilo.`)
  if (!last.equals(end)) throw new BackupError(`${path} was cut off: its end is missing.`)
  const key = await streamKeyOf(passphrase, begin.subarray(mark.length))
  if (key === null)
    throw new BackupError(`The passphrase is not that of ${path} (or the first bytes of the file are damaged).`)
  async function* encrypted(onRead: (bytes: number) => void) {
    const range = { start: begin.length, end: size - end.length - 1, highWaterMark: bufferBytes }
    let read = 0
    for await (const part of createReadStream(path, range) as AsyncIterable<Buffer>) {
      yield part
      onRead((read += part.length))
    }
  }
  return {
    size,
    read: (onRead) => decompressed(decrypt(encrypted(onRead), key), path),
  }
}

async function* decompressed(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const plain = createZstdDecompress({ chunkSize: bufferBytes })
  const piped = pipeline(bytes, plain)
  // What goes wrong there ends what is read here.
  piped.catch(() => {})
  try {
    yield* plain as AsyncIterable<Buffer>
    await piped
  } catch (error) {
    if (error instanceof EncryptedStreamDamaged) throw new BackupError(`${path} is ${error.message}.`)
    throw error
  }
}

async function readEnds(path: string) {
  const file = await open(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new BackupError(`${path} cannot be read (${code}).`)
  })
  try {
    const { size } = await file.stat()
    const least = mark.length + headBytes + tagBytes + end.length
    if (size < least) throw new BackupError(`${path} is not a whole backup of Hilo: it has only ${size} bytes.`)
    const begin = Buffer.alloc(mark.length + headBytes)
    const last = Buffer.alloc(end.length)
    await file.read(begin, 0, begin.length, 0)
    await file.read(last, 0, last.length, size - last.length)
    return { size, begin, last }
  } finally {
    await file.close()
  }
}
