// The files of a chat. What a visitor sends along goes up first, and is theirs alone until they send it; what they were sent is
// a download.
import multipart from "@fastify/multipart"
import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { sendDownload } from "#kernel/http/send-download.ts"
import type { Server } from "#kernel/http/server.ts"
import { createUploadQuota, insertUpload, maxFileBytes, receiveUpload } from "#files/index.ts"
import { createThrottle } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { chatFile } from "../api-contract.ts"
import { fileForVisitor } from "./read-conversation.ts"
import { allowSites, type ChatKit, chatParams, countRequest, authenticateVisitor } from "./visitor-authentication.ts"

export function chatFileRoutes(app: Server, kit: ChatKit) {
  const withinQuota = createUploadQuota(kit)
  const perAddress = createThrottle(kit.db, "chat_upload", { points: 120, seconds: 600 })
  const perVisitor = createThrottle(kit.db, "chat_visitor_upload", { points: 30, seconds: 600 })
  app.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 0, fileSize: maxFileBytes + 1 } })
    scope.post(
      "/chat/:id/files",
      {
        config: { access: "public" as const },
        onRequest: [allowSites(kit), countRequest(perAddress)],
        bodyLimit: maxFileBytes + 64 * 1024,
        schema: { tags: ["Chat"], summary: "Upload a file to send", params: chatParams, response: { 201: chatFile } },
      },
      async (request, reply) => {
        const visitorId = await authenticateVisitor(kit, request)
        await perVisitor.spend(visitorId)
        const file = await withinQuota({ visitorId }, lengthOf(request), () => store(kit, request, visitorId))
        return reply.code(201).send(file)
      },
    )
  })
  downloadRoute(app, kit)
}

function downloadRoute(app: Server, kit: ChatKit) {
  const schema = {
    tags: ["Chat"],
    summary: "A file that the visitor was sent",
    params: chatParams.extend({ file: z.string().max(100) }),
  }
  const config = { access: "public" as const }
  app.get("/chat/:id/files/:file", { config, onRequest: allowSites(kit), schema }, async (request, reply) => {
    const { id, file: fileId } = request.params
    const file = await fileForVisitor(kit, id, await authenticateVisitor(kit, request), fileId)
    return sendDownload(reply, file, kit.storage.read(file.sha256))
  })
}

// Without a length it counts as the longest there may be.
const lengthOf = ({ headers }: FastifyRequest) =>
  Math.min(Number(headers["content-length"] ?? maxFileBytes), maxFileBytes)

async function store(kit: Kit, request: FastifyRequest, visitorId: string): Promise<z.infer<typeof chatFile>> {
  const refused = await readSetting(kit.db, "attachments.refused")
  const { sha256, size, ...named } = await receiveUpload(kit.storage, request, refused)
  const id = await inTransaction(kit.db, { actor: { kind: "contact", id: null }, now: kit.now() }, (act) =>
    insertUpload(act, { ...named, visitorId }, { sha256, size }),
  )
  return { id, name: named.fileName, mimeType: named.mimeType, size }
}
