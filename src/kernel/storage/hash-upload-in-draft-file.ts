// What both ways of keeping files share: bytes come into a draft, where their hash and their length become known.
import { createHash, randomUUID } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { ChecksumMismatch, FileTooLong, type StoredFile } from "./file-storage-type.ts"

type IncomingFile = { bytes: Readable; longest: number; promised: string | null }

/** Writes what comes to a draft, and has it kept from there; no draft stays. */
export async function stageUpload(
  folder: string,
  { bytes, longest, promised }: IncomingFile,
  keep: (draft: string, stored: StoredFile) => Promise<void>,
): Promise<StoredFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `draft-${randomUUID()}`)
  try {
    const stored = await write(bytes, draft, longest)
    if (promised !== null && promised !== stored.sha256) throw new ChecksumMismatch("other bytes than were promised")
    await keep(draft, stored)
    return stored
  } finally {
    await rm(draft, { force: true })
  }
}

export function verifyUpload(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not the name of a stored file")
  return sha256
}

async function write(bytes: Readable, path: string, longest: number): Promise<StoredFile> {
  const hash = createHash("sha256")
  let size = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      done(size > longest ? new FileTooLong(`more than ${longest} bytes`) : null, chunk)
    },
  })
  await pipeline(bytes, measured, createWriteStream(path, { mode: 0o600, flush: true }))
  return { sha256: hash.digest("hex"), size }
}
