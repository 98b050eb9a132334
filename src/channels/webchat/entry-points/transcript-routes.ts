// A visitor has the conversation mailed. The answer is always the same; too many requests mail nothing.
import type { Server } from "#kernel/http/server.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import { clientAddress, createThrottle, foldedEmail, isLeft } from "#people/index.ts"
import { acceptedLanguage } from "#texts/languages-and-text-ids.ts"
import { chatTranscriptConfirmation, chatTranscriptIn } from "../api-contract.ts"
import { confirmTranscript, requestTranscript, type TranscriptKit } from "./transcript.ts"
import { allowSites, authenticateVisitor, chatParams } from "./visitor-authentication.ts"

const config = { access: "public" } as const
const hour = 3_600

export function transcriptRoutes(app: Server, kit: TranscriptKit) {
  const perAddress = createThrottle(kit.db, "chat_transcript_address", { points: 20, seconds: hour })
  const perVisitor = createThrottle(kit.db, "chat_transcript_visitor", { points: 5, seconds: hour })
  // An address that somebody typed proves nothing: its owner is not flooded.
  const perEmail = createThrottle(kit.db, "chat_transcript_email", { points: 1, seconds: hour })
  const perLink = createThrottle(kit.db, "chat_transcript_link", { points: 3, seconds: hour })
  const schema = { tags: ["Chat"], params: chatParams, response: { 202: noContent } }
  const onRequest = allowSites(kit)
  const ask = { ...schema, summary: "Have the conversation mailed", body: chatTranscriptIn }
  app.post("/chat/:id/transcript", { config, onRequest, schema: ask }, async (request, reply) => {
    await perAddress.spend(clientAddress(request.ip))
    const visitorId = await authenticateVisitor(kit, request)
    await perVisitor.spend(visitorId)
    const { params, body, headers } = request
    const { email, language = acceptedLanguage(headers["accept-language"]) } = body
    if (await isLeft(perEmail, foldedEmail(email)))
      await requestTranscript(kit, { connectionId: params.id, visitorId, email, language })
    return reply.code(202).send()
  })
  const confirm = { ...schema, summary: "Ask for it by the mailed link", body: chatTranscriptConfirmation }
  app.post("/chat/:id/transcript/confirmation", { config, onRequest, schema: confirm }, async (request, reply) => {
    await perAddress.spend(clientAddress(request.ip))
    await confirmTranscript(kit, request.body.token, (email) => isLeft(perLink, foldedEmail(email)))
    return reply.code(202).send()
  })
}
