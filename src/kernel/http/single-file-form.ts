// A form that brings one file and nothing else.
import type { MultipartFile } from "@fastify/multipart"
import type { FastifyRequest } from "fastify"
import { Readable } from "node:stream"
import { Refusal } from "../errors.ts"

export type OnlyFile = Pick<MultipartFile, "filename" | "mimetype"> & { file: Readable }

/**
 * Undefined where the form has none. Its bytes end with a refusal where the form goes on after it, be it with a second file or
 * with a field (400 that names `file`), and where it is larger than the route takes (413): nothing of it is stored.
 */
export async function onlyFile(request: FastifyRequest, tooLarge: string): Promise<OnlyFile | undefined> {
  const parts = request.files()
  const { value: part } = await parts.next()
  if (!part) return undefined
  const { filename, mimetype } = part
  return { filename, mimetype, file: Readable.from(bytesOf(part, parts, tooLarge), { objectMode: false }) }
}

async function* bytesOf({ file }: MultipartFile, parts: AsyncIterator<MultipartFile>, tooLarge: string) {
  yield* file
  if (file.truncated) throw new Refusal("too_large", "too_large", tooLarge)
  // Where something follows, this throws: see the limits of the forms in send-problem.ts.
  await parts.next()
}
