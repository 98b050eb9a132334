// A file on its way in: how long it may be, what it is called, and what it is whatever it calls itself.
import type { MultipartFile } from "@fastify/multipart"
import type { Readable } from "node:stream"
import { safePictures } from "#kernel/download.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { type Storage, TooLong } from "#kernel/storage.ts"
import { pictureIn } from "#messages/index.ts"

export const longestFile = 25 * 1024 * 1024
const longestName = 240

/** Keeps the bytes. Refuses: no file, an empty one, a name with one of these endings (400), and what is too large (413). */
export async function receiveFile(storage: Storage, part: MultipartFile | undefined, refused: readonly string[]) {
  if (!part) throw invalidField("file", "is required")
  const fileName = nameOf(part.filename)
  const ending = endingOf(fileName)
  if (refused.includes(ending)) throw invalidField("file", `must not be one that ends in .${ending}`)
  const stored = await storage.put(part.file, longestFile).catch((error: unknown) => {
    throw error instanceof TooLong ? new Refusal("too_large", "too_large", "Files of up to 25 MB") : error
  })
  if (stored.size === 0) throw invalidField("file", "is empty")
  const picture = pictureIn(await headOf(storage.read(stored.sha256)))
  return { fileName, mimeType: typeOf(part.mimetype, picture), ...stored }
}

// Only the last part of a path, and nothing that a file system or a reader would trip over.
function nameOf(given: string | undefined): string {
  const last = (given ?? "").toWellFormed().split(/[/\\]/).at(-1) ?? ""
  return (
    last
      .replace(/[\p{Cc}\p{Cf}]/gu, "")
      .trim()
      .slice(0, longestName) || "file"
  )
}

// Windows opens "a.exe. ." as a.exe.
const endingOf = (name: string) => /\.([^.\s]+)[.\s]*$/.exec(name.toLowerCase())?.[1] ?? ""

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
