import { z } from "zod"
import { runRequest, retryOnUniqueViolation } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import {
  dismissFailure,
  draftModes,
  draftBody,
  message,
  messageById,
  messagesQuery,
  renderMarkdown,
  saveDraft,
  writeBody,
} from "#messages/index.ts"
import { can, principalOf } from "#people/index.ts"
import {
  refersToTicket,
  checkVersion,
  lockMergeTarget,
  viewWithAccessLog,
  messageScope,
  refusePersonal,
} from "#tickets/index.ts"
import { drafts, replyWindow } from "./api-contract.ts"
import { outgoingMailRoutes } from "./mails/outgoing-mail-routes.ts"
import { mailBodyRoutes } from "./mails/mail-body-routes.ts"
import { sendReadReceipts } from "./send-read-receipts.ts"
import { resendMessage } from "./resend-message.ts"
import { clientKeyOf } from "./client-key-of-browser.ts"
import { startConversationFromTicket } from "./start-conversation/from-ticket-by-template.ts"
import { startConversationRoutes } from "./start-conversation/routes.ts"
import { readDrafts, readMessages, readReplyWindow } from "./messages-window-and-drafts-of-ticket.ts"
import { writeAndChangeStatus } from "./write-and-change-status.ts"

const tags = ["Messages"]
const params = z.object({ ref: z.string().max(100) })
const draftParams = z.object({ ref: z.string().max(100), mode: z.enum(draftModes) })

export function replyRoutes(app: Server, kit: Kit) {
  const anybody = { access: can.anybodySignedIn }
  const path = "/api/v1/tickets/:ref"

  app.get(
    `${path}/messages`,
    {
      config: anybody,
      schema: {
        tags,
        summary: "What was said, in the order in which it came",
        params,
        querystring: messagesQuery,
        response: { 200: pageSchema(message) },
      },
    },
    async (request) => {
      const who = principalOf(request)
      if (can.admin(who)) await viewWithAccessLog(kit, who, request.params.ref)
      return readMessages(kit, who, request.params.ref, request.query)
    },
  )
  app.post(
    `${path}/messages`,
    {
      config: { ...anybody, quota: "message" },
      schema: { tags, summary: "Reply, or write a note", params, body: writeBody, response: { 201: message } },
    },
    (request, reply) => {
      const who = principalOf(request)
      if (can.beStaff(who)) renderMarkdown(request.body.content ?? "")
      const clientKey = clientKeyOf(request, who)
      const { connectionId, template } = request.body
      if (connectionId !== undefined && template !== undefined) {
        const starting = { ...request.body, connectionId, template, clientKey }
        return retryOnUniqueViolation(() =>
          runRequest(kit, request, reply, 201, (act) =>
            startConversationFromTicket(act, who, request.params.ref, starting),
          ),
        )
      }
      return retryOnUniqueViolation(() =>
        runRequest(kit, request, reply, 201, async (act) => {
          const ticket = await lockMergeTarget(act, who, request.params.ref)
          await checkVersion(act, request, ticket)
          return writeAndChangeStatus(act, who, ticket, { ...request.body, clientKey })
        }),
      )
    },
  )
  sendingRoutes(app, kit)
  draftRoutes(app, kit)
  startConversationRoutes(app, kit)
  mailBodyRoutes(app, kit)
  outgoingMailRoutes(app, kit)
}

function draftRoutes(app: Server, kit: Kit) {
  const staff = { access: can.beStaff }
  const path = "/api/v1/tickets/:ref"
  app.get(
    `${path}/drafts`,
    {
      config: staff,
      schema: {
        tags,
        summary: "What you were writing",
        params,
        response: { 200: drafts },
      },
    },
    (request) => readDrafts(kit, principalOf(request), request.params.ref),
  )
  app.put(
    `${path}/drafts/:mode`,
    {
      config: staff,
      schema: {
        tags,
        summary: "Keep what you are writing",
        params: draftParams,
        body: draftBody,
        response: { 200: draftBody },
      },
    },
    async (request, reply) => {
      const who = principalOf(request)
      // Not locked: a draft changes nothing of the ticket, and typing must not make messages wait for the row.
      const { ticketId } = await messageScope(kit.db, who, request.params.ref)
      const about = await refersToTicket(kit.db, ticketId)
      if (about) refusePersonal(about, "content", request.body.content)
      return runRequest(kit, request, reply, 200, async (act) => {
        await saveDraft(act, who.id, ticketId, request.params.mode, request.body.content)
        return { content: request.body.content }
      })
    },
  )
}

const messageParams = z.object({ ref: z.string().max(100), id: z.string().max(100) })
function sendingRoutes(app: Server, kit: Kit) {
  const staff = { access: can.beStaff }
  const path = "/api/v1/tickets/:ref"
  app.get(
    `${path}/reply-window`,
    {
      config: staff,
      schema: { tags, summary: "How the contact can be written to now", params, response: { 200: replyWindow } },
    },
    (request) => readReplyWindow(kit, principalOf(request), request.params.ref),
  )
  failureRoutes(app, kit)
  app.post(
    `${path}/typing`,
    {
      config: staff,
      schema: {
        tags,
        summary: "Show the contact that somebody is writing",
        params,
        body: noFields,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { ticketId: id } = await messageScope(kit.db, principalOf(request), request.params.ref)
      await sendReadReceipts(kit, id, { isTyping: true })
      return reply.code(204).send()
    },
  )
}

function failureRoutes(app: Server, kit: Kit) {
  const staff = { access: can.beStaff }
  const path = "/api/v1/tickets/:ref"
  app.post(
    `${path}/messages/:id/retry`,
    {
      config: staff,
      schema: { tags, summary: "Send it again", params: messageParams, body: noFields, response: { 200: message } },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        return resendMessage(act, await lockMergeTarget(act, who, request.params.ref), request.params.id)
      }),
  )
  app.post(
    `${path}/messages/:id/dismiss`,
    {
      config: staff,
      schema: {
        tags,
        summary: "Need nothing more of a message that did not arrive",
        params: messageParams,
        body: noFields,
        response: { 200: message },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const ticket = await lockMergeTarget(act, principalOf(request), request.params.ref)
        await dismissFailure(act, ticket.id, request.params.id)
        return messageById(act.tx, request.params.id, act.now)
      }),
  )
}
