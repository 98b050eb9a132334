// Files go in by whoever is signed in, and out to whoever sees the message: as a download, unless it is a picture that can do no harm.
import multipart from "@fastify/multipart"
import type { Readable } from "node:stream"
import { z } from "zod"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { safePictures, sendDownload } from "#kernel/download.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http.ts"
import { TooLong } from "#kernel/storage.ts"
import { attachment, fileById, keepUpload, pictureIn } from "#messages/index.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { readingOf, visibleAmong } from "#tickets/index.ts"

const tags = ["Messages"]
const longest = 25 * 1024 * 1024
const longestName = 240

export function fileRoutes(app: Server, kit: Kit) {
  app.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 0, fileSize: longest + 1 } })
    scope.post(
      "/api/v1/attachments",
      {
        config: { access: can.anybodySignedIn },
        bodyLimit: longest + 64 * 1024,
        schema: { tags, summary: "Upload a file", response: { 201: attachment } },
      },
      async (request, reply) => {
        const part = await request.file()
        if (!part) throw invalidField("file", "is required")
        const stored = await kit.storage.put(part.file, longest).catch((error: unknown) => {
          throw error instanceof TooLong ? new Refusal("too_large", "too_large", "Files of up to 25 MB") : error
        })
        if (stored.size === 0) throw invalidField("file", "is empty")
        const who = principalOf(request)
        const picture = pictureIn(await headOf(kit.storage.read(stored.sha256)))
        const file = { fileName: nameOf(part.filename), mimeType: typeOf(part.mimetype, picture) }
        const id = await inTransaction(kit.db, { actor: who, now: kit.now() }, (act) =>
          keepUpload(act, { ...file, userId: who.id }, stored),
        )
        reply.code(201)
        return {
          id,
          name: file.fileName,
          mimeType: file.mimeType,
          size: stored.size,
          state: "stored" as const,
          reason: null,
        }
      },
    )
  })
  app.get(
    "/api/v1/attachments/:id",
    {
      config: { access: can.anybodySignedIn },
      schema: { tags, summary: "A file, for whoever sees its message", params: z.object({ id: z.string().max(100) }) },
    },
    async (request, reply) => {
      const file = await fileById(kit.db, request.params.id)
      if (!file || !(await maySee(kit, principalOf(request), file)) || file.sha256 === null || file.state !== "stored")
        throw notFound("file")
      return sendDownload(reply, file, kit.storage.read(file.sha256))
    },
  )
}

type File = NonNullable<Awaited<ReturnType<typeof fileById>>>

/** Before it is sent: who uploaded it. After: who reads the message; what belongs to a note, only staff. */
async function maySee(kit: Kit, who: Principal, { ticketId, originTicketId, ...file }: File): Promise<boolean> {
  if (ticketId === null) return file.uploadedBy === who.id
  if (file.isInternal && !can.beStaff(who)) return false
  const places = [ticketId, ...(originTicketId === null ? [] : [originTicketId])]
  const visible = await visibleAmong(kit.db, who, places)
  if (visible.has(ticketId)) return true
  // Its ticket was merged into one that they do not see: what came from theirs is theirs to read.
  if (originTicketId === null || !visible.has(originTicketId)) return false
  return (await readingOf(kit.db, who, originTicketId)).ticketId === ticketId
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
