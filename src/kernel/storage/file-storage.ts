// Files by the hash of what is in them: the same bytes are kept once, and a name can neither be guessed nor collide.
import { randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { access, constants, mkdir, open, rename, rm, stat, statfs, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Readable } from "node:stream"
import type { Config } from "../config.ts"
import { faultOf, storageAway } from "../errors.ts"
import { openObjectStorage } from "./object-storage.ts"
import type { FileStorage } from "./file-storage-type.ts"
import { verifyUpload, stageUpload } from "./hash-upload-in-draft-file.ts"

export { ChecksumMismatch, type FileStorage, type StoredFile, FileTooLong } from "./file-storage-type.ts"

/** In the folder, or in the bucket of `s3Url`; then the folder holds drafts only. */
export function openFileStorage(folder: string, s3Url?: string): FileStorage {
  return s3Url === undefined ? openFolder(folder) : openObjectStorage(s3Url, folder)
}

/** Where the attachments of a desk are. */
export const openAttachmentStorage = ({ dataFolder, s3Url }: Pick<Config, "dataFolder" | "s3Url">): FileStorage =>
  openFileStorage(join(dataFolder, "attachments"), s3Url)

function openFolder(folder: string): FileStorage {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    put: (bytes, longest, promised = null) =>
      stageUpload(folder, { bytes, longest, promised }, (draft, { sha256 }) => moveInto(draft, pathOf(sha256))),
    read: (sha256) => Readable.from(bytesIn(pathOf(verifyUpload(sha256))), { objectMode: false }),
    look: () => lookAt(folder),
    has: (sha256) =>
      access(pathOf(verifyUpload(sha256)), constants.R_OK).then(
        () => true,
        () => false,
      ),
    purge: (sha256, putBefore) => purgeFrom(pathOf(verifyUpload(sha256)), putBefore),
  }
}

// A name in the database whose file cannot be opened: the folder is not where it was.
async function* bytesIn(path: string) {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>
  } catch (error) {
    throw faultOf(error) === null ? storageAway(error) : error
  }
}

const leastFree = 64 * 1024 * 1024

async function lookAt(folder: string): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const probe = join(folder, `draft-${randomUUID()}`)
    await writeFile(probe, "?", { mode: 0o600 }).finally(() => rm(probe, { force: true }))
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize < leastFree ? "disk full" : null
  } catch (error) {
    return faultOf(error) === "full" ? "disk full" : "storage away"
  }
}

// Looked at under another name: what is put in the meantime is not what goes.
async function purgeFrom(path: string, putBefore: Date) {
  const temporary = `${path}.${randomUUID()}`
  const moved = await rename(path, temporary).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await stat(temporary)).mtime < putBefore) await rm(temporary)
  else await rename(temporary, path)
}

// The name appears only once the bytes are on the disk, and the folder remembers it after the power went.
async function moveInto(draft: string, path: string) {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(draft, path)
  const folder = await open(dirname(path))
  await folder.sync().finally(() => folder.close())
}
