// A file on its way in: how long it may be, what it is called, and what it is whatever it calls itself.
import type { FastifyRequest } from "fastify"
import type { Readable } from "node:stream"
import { safePictures } from "#kernel/http/send-download.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { endingAmong, fileNameOf } from "#kernel/storage/safe-file-names.ts"
import { type OnlyFile, onlyFile } from "#kernel/http/single-file-form.ts"
import { type FileStorage, FileTooLong } from "#kernel/storage/file-storage.ts"
import { imageType } from "./detect-image-type.ts"

export const maxFileBytes = 25 * 1024 * 1024

const tooLarge = "Files of up to 25 MB"

/** Keeps the bytes of the form's only file. Refuses: none, an empty one, more, a name with one of these endings (400), and what is too large (413). */
export async function receiveUpload(storage: FileStorage, request: FastifyRequest, refused: readonly string[]) {
  const part = await onlyFile(request, tooLarge)
  if (!part) throw invalidField("file", "is required")
  return storeUpload(storage, part, refused)
}

/** Keeps the bytes of a file of a form. Refuses as above. */
export async function storeUpload(storage: FileStorage, part: OnlyFile, refused: readonly string[]) {
  const ending = endingAmong(part.filename ?? "", refused)
  if (ending !== null) throw invalidField("file", `must not be one that ends in .${ending}`)
  const stored = await storage.put(part.file, maxFileBytes).catch((error: unknown) => {
    throw error instanceof FileTooLong ? new Refusal("too_large", "too_large", tooLarge) : error
  })
  if (stored.size === 0) throw invalidField("file", "is empty")
  const mimeType = await typeOfStored(storage, stored.sha256, part.mimetype)
  return { fileName: fileNameOf(part.filename, mimeType), mimeType, ...stored }
}

/** What a stored file is, whatever it was said to be. */
export async function typeOfStored(storage: FileStorage, sha256: string, given: string): Promise<string> {
  return typeOf(given, imageType(await headOf(storage.read(sha256))))
}

/** A picture is what its bytes say; what only calls itself one is just a file. */
function typeOf(given: string, picture: string | null): string {
  if (picture !== null) return picture
  const type = given.toLowerCase()
  return /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) && !safePictures.has(type) ? type : "application/octet-stream"
}

async function headOf(bytes: Readable): Promise<Buffer> {
  for await (const chunk of bytes) return chunk as Buffer
  return Buffer.alloc(0)
}
