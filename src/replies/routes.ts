import { z } from "zod"
import { answer, type Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import {
  draftModes,
  draftsOf,
  draftBody,
  listMessages,
  message,
  messagesQuery,
  saveDraft,
  writeBody,
} from "#messages/index.ts"
import { can, principalOf } from "#people/index.ts"
import { lockVisible, viewOne } from "#tickets/index.ts"
import { write } from "./write.ts"

const tags = ["Messages"]
const params = z.object({ ref: z.string().max(100) })
const draftParams = z.object({ ref: z.string().max(100), mode: z.enum(draftModes) })

export function replyRoutes(app: Server, kit: Kit) {
  const anybody = { access: can.anybodySignedIn }
  const staff = { access: can.beStaff }
  const path = "/api/v1/tickets/:ref"

  app.get(
    `${path}/messages`,
    {
      config: anybody,
      schema: { tags, summary: "What was said, by its own time", params, querystring: messagesQuery },
    },
    async (request) => {
      const who = principalOf(request)
      const { includeInternal, ...page } = request.query
      const ticket = await viewOne(kit.db, who, request.params.ref)
      return listMessages(kit.db, {
        ...page,
        ticketId: ticket.id,
        internal: includeInternal === "true" && can.beStaff(who),
      })
    },
  )
  app.post(
    `${path}/messages`,
    {
      config: anybody,
      schema: { tags, summary: "Reply, or write a note", params, body: writeBody, response: { 201: message } },
    },
    (request, reply) =>
      answer(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        return write(act, who, await lockVisible(act, who, request.params.ref), request.body)
      }),
  )
  app.get(
    `${path}/drafts`,
    { config: staff, schema: { tags, summary: "What you were writing", params } },
    async (request) => {
      const who = principalOf(request)
      const ticket = await viewOne(kit.db, who, request.params.ref)
      return draftsOf(kit.db, who.id, ticket.id)
    },
  )
  app.put(
    `${path}/drafts/:mode`,
    { config: staff, schema: { tags, summary: "Keep what you are writing", params: draftParams, body: draftBody } },
    (request, reply) =>
      answer(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const ticket = await lockVisible(act, who, request.params.ref)
        await saveDraft(act, who.id, ticket.id, request.params.mode, request.body.content)
        return { content: request.body.content }
      }),
  )
}
