// Signed-in users upload files; users who see the message download them: as a download, unless it is a picture that
// can do no harm.
import multipart from "@fastify/multipart"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { sendDownload } from "#kernel/http/send-download.ts"
import { notFound } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { fileById, insertUpload, type StoredAttachment } from "./attachment-store.ts"
import { attachment } from "./api-contract.ts"
import { maxFileBytes, receiveUpload } from "./receive-upload.ts"
import { createUploadQuota } from "./upload-quota.ts"

const tags = ["Messages"]

type MayRead = (kit: Kit, who: Principal, file: StoredAttachment) => Promise<boolean>

/** `mayRead`: who reads the message that a file came with. */
export function fileRoutes(app: Server, kit: Kit, mayRead: MayRead) {
  const withinQuota = createUploadQuota(kit)
  app.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 0, fileSize: maxFileBytes + 1 } })
    scope.post(
      "/api/v1/attachments",
      {
        config: { access: can.anybodySignedIn },
        bodyLimit: maxFileBytes + 64 * 1024,
        schema: { tags, summary: "Upload a file", response: { 201: attachment } },
      },
      (request, reply) => {
        const who = principalOf(request)
        // Without a length it counts as the longest there may be.
        const bytes = Math.min(Number(request.headers["content-length"] ?? maxFileBytes), maxFileBytes)
        const store = async () => {
          const refused = await readSetting(kit.db, "attachments.refused")
          const file = await receiveUpload(kit.storage, request, refused)
          // What a repeated Idempotency-Key is compared with.
          request.body = file
          return runRequest(kit, request, reply, 201, async (act) => {
            const { sha256, size, ...named } = file
            const id = await insertUpload(act, { ...named, userId: who.id }, { sha256, size })
            const { fileName: name, mimeType } = named
            return { id, name, mimeType, size, state: "stored" as const, reason: null }
          })
        }
        return who.role === "user" ? withinQuota({ userId: who.id }, bytes, store) : store()
      },
    )
  })
  app.get(
    "/api/v1/attachments/:id",
    {
      config: { access: can.anybodySignedIn },
      schema: { tags, summary: "A file, for users who see its message", params: z.object({ id: z.string().max(100) }) },
    },
    (request, reply) => sendFile(kit, reply, request.params.id, (file) => mayRead(kit, principalOf(request), file)),
  )
}

/** Sends a stored file; to whom `mayRead` refuses it, it is not there (404). */
export async function sendFile(
  kit: Kit,
  reply: FastifyReply,
  id: string,
  mayReadIt: (file: StoredAttachment) => Promise<boolean>,
) {
  const file = await fileById(kit.db, id)
  if (!file || !(await mayReadIt(file)) || file.sha256 === null || file.state !== "stored") throw notFound("file")
  return sendDownload(reply, file, kit.storage.read(file.sha256))
}
