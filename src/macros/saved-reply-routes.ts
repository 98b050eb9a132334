import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { toTicket, viewOne } from "#tickets/index.ts"
import { changeReplyBody, filled, forTicketBody, listQuery, newReplyBody, savedReply } from "./api-contract.ts"
import { existingReply, listReplies, toReply } from "./saved-reply-store.ts"
import { changeReply, createReply, deleteReply } from "./change-saved-replies.ts"
import { fillForTicket } from "./fill-placeholders-for-ticket.ts"

const path = "/api/v1/saved-replies"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const config = { access: can.beStaff }
const tags = ["Saved replies"]

export function savedReplyRoutes(app: Server, kit: Kit) {
  const all = { querystring: listQuery, response: { 200: pageSchema(savedReply) } }
  const one = { params, response: { 200: savedReply } }
  app.get(path, { config, schema: { tags, summary: "Saved replies you may use, by name", ...all } }, (request) =>
    listReplies(kit.db.kysely, principalOf(request), request.query),
  )
  app.get(`${path}/:id`, { config, schema: { tags, summary: "One saved reply", ...one } }, async (request) => {
    const who = principalOf(request)
    return toReply(who, await existingReply(kit.db.kysely, who, request.params.id))
  })
  app.post(
    path,
    { config, schema: { tags, summary: "Save a reply", body: newReplyBody, response: { 201: savedReply } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        return toReply(who, await existingReply(act.tx, who, await createReply(act, who, request.body)))
      }),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a saved reply", ...one, body: changeReplyBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        await changeReply(act, who, request.params.id, request.body)
        return toReply(who, await existingReply(act.tx, who, request.params.id))
      }),
  )
  app.delete(`${path}/:id`, { config, schema: { tags, summary: "Remove a saved reply", params } }, (request, reply) =>
    runRequest(kit, request, reply, 204, (act) => deleteReply(act, principalOf(request), request.params.id)),
  )
  const preview = { params, body: forTicketBody, response: { 200: filled } }
  app.post(
    `${path}/:id/preview`,
    { config, schema: { tags, summary: "The reply as it would read on a ticket", ...preview } },
    async (request) => {
      const who = principalOf(request)
      const { content } = await existingReply(kit.db.kysely, who, request.params.id)
      const ticket = toTicket(who, await viewOne(kit.db, who, request.body.ticket))
      return fillForTicket(kit.db.kysely, who, ticket, content)
    },
  )
}
