// What a backup holds, one entry after the other: a head in JSON and a body of any length. Each comes in frames with their
// length before them; an empty frame ends an entry.
import { BackupError } from "./backup-file.ts"
import type { DamagedDefinition } from "./damaged-columns-and-checks.ts"

export type DeskEntry = {
  kind: "desk"
  /** Of what follows; a reader refuses one that it does not know. */
  format: 1
  madeAt: string
  migrations: { name: string; checksum: string }[]
  /** HILO_SECRET. */
  secret: string
  /** SQL that makes the tables of the job queue, without rows; null where no server ever made them. */
  queueSchema: string | null
  /** Where its schema was not what the migrations make; the first backups do not say. */
  damaged?: DamagedDefinition[]
  tickets: number
}
export type TableEntry = { kind: "table"; name: string; columns: string[] }
/** The last numbers that sequences gave. */
export type SequencesEntry = { kind: "sequences"; values: { name: string; value: number }[] }
/** An attachment, by the hash of what is in it. */
export type FileEntry = { kind: "file"; sha256: string }
export type EntryHead = DeskEntry | TableEntry | SequencesEntry | FileEntry

type Bytes = Iterable<Buffer> | AsyncIterable<Buffer>
export type Entry<B = Bytes> = { head: EntryHead; body: B }

const nothing = Buffer.alloc(4)

export async function* writeEntries(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { head, body } of entries) {
    yield* framed(Buffer.from(JSON.stringify(head)))
    for await (const part of body) if (part.length > 0) yield* framed(part)
    yield nothing
  }
}

function* framed(part: Buffer): Generator<Buffer> {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  yield length
  yield part
}

/** Each body is to be read before the next entry is asked for; what is not read is passed over. */
export async function* readEntries(bytes: AsyncIterable<Buffer>): AsyncGenerator<Entry<AsyncIterable<Buffer>>> {
  const frames = framesOf(bytes)
  try {
    for (;;) {
      const head = await frames.next()
      if (head.done) return
      const body = bodyFrom(frames)
      yield { head: JSON.parse(head.value.toString()) as EntryHead, body }
      while (!(await body.next()).done);
    }
  } finally {
    await frames.return(undefined)
  }
}

async function* bodyFrom(frames: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  for (;;) {
    const { value, done } = await frames.next()
    if (done) throw new BackupError("The backup ends within an entry.")
    if (value.length === 0) return
    yield value
  }
}

async function* framesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const more of bytes) {
    rest = rest.length === 0 ? more : Buffer.concat([rest, more])
    for (;;) {
      const frameEnd = rest.length < 4 ? Infinity : 4 + rest.readUInt32BE()
      if (rest.length < frameEnd) break
      yield rest.subarray(4, frameEnd)
      rest = rest.subarray(frameEnd)
    }
  }
}
