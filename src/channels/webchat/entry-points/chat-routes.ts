// The visitor's endpoint: anybody may become a visitor, and then speaks in their own chat only.
import { z } from "zod"
import { inTransaction } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { fillInDetails } from "#contacts/index.ts"
import { type InboundMessage, plainMessage, receiveMessage } from "#intake/index.ts"
import { createThrottle, type Throttle } from "#people/index.ts"
import { chatTicketRoute } from "./open-ticket-from-chat-route.ts"
import { noteAnswers, refuseUnanswered } from "./first-message.ts"
import { markSeen } from "./delivered-and-seen.ts"
import { conversationOf } from "./read-conversation.ts"
import { chatIntroduction, chatMessageIn, chatSeen, chatVisitor, conversation } from "../api-contract.ts"
import { pageAddress } from "../page-address.ts"
import { transcriptRoutes } from "./transcript-routes.ts"
import { admitVisitor } from "./visitor-token-store.ts"
import {
  allowSites,
  type ChatKit,
  chatParams,
  countRequest,
  authenticateVisitor,
  identityOfVisitor,
} from "./visitor-authentication.ts"

const params = chatParams
const tags = ["Chat"]
const config = { access: "public" } as const

export function chatRoutes(app: Server, kit: ChatKit & { mailIsSet: boolean }) {
  const limits = limitsOf(kit)
  const onRequest = allowSites(kit)
  const open = { config, onRequest }
  const hidden = { schema: { params, hide: true } }
  app.options("/chat/:id/*", { ...open, ...hidden }, async (_request, reply) => reply.code(204).send())
  const arrive = { tags, summary: "Become a visitor of a chat", params, body: z.strictObject({}) }
  app.post(
    "/chat/:id/visitor",
    {
      config: { ...config, secretAnswer: true },
      onRequest: [onRequest, countRequest(limits.arrivals)],
      schema: { ...arrive, response: { 201: chatVisitor } },
    },
    async (request, reply) => {
      return runRequest(kit, request, reply, 201, (act) => admitVisitor(act, request.params.id))
    },
  )
  const read = { tags, summary: "The chat as its visitor sees it", params, response: { 200: conversation } }
  app.get("/chat/:id/conversation", { ...open, schema: read }, async (request, reply) => {
    const visitorId = request.headers.authorization === undefined ? null : await authenticateVisitor(kit, request)
    reply.header("cache-control", "no-store")
    return conversationOf(kit, request.params.id, visitorId)
  })
  const write = { tags, summary: "Write in the chat", params, body: chatMessageIn }
  const written = { response: { 201: z.object({ id: z.string().optional() }) } }
  const messages = { config, onRequest: [onRequest, countRequest(limits.address)] }
  app.post("/chat/:id/messages", { ...messages, schema: { ...write, ...written } }, async (request, reply) => {
    const visitorId = await authenticateVisitor(kit, request)
    await limits.visitor.spend(visitorId)
    await refuseUnanswered(kit, request.params.id, visitorId, request.body)
    const { message, ticket } = await receiveMessage(
      kit,
      { kind: "contact", id: null },
      inboundOf(request.params.id, visitorId, request.body),
    )
    await saveVisitorDetails(kit, request.params.id, visitorId, request.body)
    if (ticket) await noteAnswers(kit, request.params.id, visitorId, ticket.id, request.body)
    reply.code(201)
    return { id: message?.id }
  })
  introductionRoute(app, kit, limits.visitor)
  seenRoute(app, kit)
  chatTicketRoute(app, kit)
  transcriptRoutes(app, kit)
}

function introductionRoute(app: Server, kit: ChatKit, perVisitor: Throttle) {
  const open = { config, onRequest: allowSites(kit) }
  const name = { tags, summary: "Say who one is, after the first message", params, body: chatIntroduction }
  app.post(
    "/chat/:id/introduction",
    { ...open, schema: { ...name, response: { 204: noContent } } },
    async (request, reply) => {
      const visitorId = await authenticateVisitor(kit, request)
      await perVisitor.spend(visitorId)
      await saveVisitorDetails(kit, request.params.id, visitorId, request.body)
      return reply.code(204).send()
    },
  )
}

function seenRoute(app: Server, kit: ChatKit) {
  const perVisitor = createThrottle(kit.db, "chat_seen", { points: 60, seconds: 60 })
  const seen = { tags, summary: "Say up to which message one has read", params, body: chatSeen }
  app.post(
    "/chat/:id/seen",
    { config, onRequest: allowSites(kit), schema: { ...seen, response: { 204: noContent } } },
    async (request, reply) => {
      const visitorId = await authenticateVisitor(kit, request)
      await perVisitor.spend(visitorId)
      await markSeen(kit, request.params.id, visitorId, request.body.messageId)
      return reply.code(204).send()
    },
  )
}

type VisitorDetails = Pick<z.output<typeof chatMessageIn>, "name" | "email" | "page" | "referrer" | "language">

async function saveVisitorDetails(kit: Kit, connectionId: string, visitorId: string, said: VisitorDetails) {
  const { name, email, language } = said
  const [page, referrer] = [pageAddress(said.page ?? ""), pageAddress(said.referrer ?? "")]
  if (!name && !email && !language && !page && !referrer) return
  const visitor = identityOfVisitor(connectionId, visitorId)
  const speaking = { actor: { kind: "contact", id: null }, now: kit.now() } as const
  await inTransaction(kit.db, speaking, (act) => fillInDetails(act, visitor, { name, email, language, page, referrer }))
}

/** Wide enough for an office behind one address, narrow enough that nobody floods a desk. */
function limitsOf({ db }: Kit) {
  return {
    arrivals: createThrottle(db, "chat_arrival", { points: 60, seconds: 600 }),
    visitor: createThrottle(db, "chat_visitor", { points: 30, seconds: 60 }),
    address: createThrottle(db, "chat_address", { points: 240, seconds: 60 }),
  }
}

function inboundOf(connectionId: string, visitorId: string, body: z.output<typeof chatMessageIn>): InboundMessage {
  return {
    ...plainMessage,
    connectionId,
    // A browser chooses its clientId: without the visitor's own id before it, it could name somebody else's message.
    externalId: `${visitorId}:${body.clientId}`,
    direction: "in",
    person: { identity: identityOfVisitor(connectionId, visitorId), name: body.name ?? "" },
    address: visitorId,
    text: body.text,
    ...(body.fileIds?.length && { uploads: { by: { visitorId }, ids: body.fileIds } }),
  }
}
