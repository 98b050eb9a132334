// A stored file on its way out: as a download, unless it is a picture that can do no harm.
import type { Readable } from "node:stream"
import type { FastifyReply } from "fastify"

export const safePictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"])

type File = { fileName: string; mimeType: string; size: number | string | null }

// Its author may be hostile: a browser neither guesses what it is nor runs anything in it.
export function sendDownload(reply: FastifyReply, file: File, bytes: Readable) {
  const isPicture = safePictures.has(file.mimeType)
  const name = encodeURIComponent(file.fileName).replaceAll("'", "%27")
  return reply
    .type(isPicture ? file.mimeType : "application/octet-stream")
    .header("content-length", file.size)
    .header("content-disposition", `${isPicture ? "inline" : "attachment"}; filename*=UTF-8''${name}`)
    .header("content-security-policy", "sandbox; default-src 'none'")
    .header("x-content-type-options", "nosniff")
    .header("cache-control", "private, max-age=3600")
    .send(bytes)
}
