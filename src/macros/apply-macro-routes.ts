import type { FastifyRequest } from "fastify"
import { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { checkVersion, lockVisible, ticket } from "#tickets/index.ts"
import { applyMacro } from "./apply-macro.ts"
import { applyBody, filledReply, forTicketBody, macroPreview, runAnswer, undoAnswer } from "./api-contract.ts"
import { previewMacro } from "./preview-macro.ts"
import { undoMacro } from "./undo-macro.ts"

const id = z.string().regex(/^\w{1,60}$/, "is not an id")
const ref = z.string().max(100)
const config = { access: can.beStaff }
const tags = ["Macros"]
const applied = z.object({ ticket, ...runAnswer, reply: filledReply.nullable() })
const undone = z.object({ ticket, ...undoAnswer })

export function macroTicketRoutes(app: Server, kit: Kit) {
  const preview = { params: z.object({ id }), body: forTicketBody, response: { 200: macroPreview } }
  app.post(
    "/api/v1/macros/:id/preview",
    { config, schema: { tags, summary: "What a macro would do to a ticket; nothing is changed", ...preview } },
    (request) => previewMacro(kit, principalOf(request), request.params.id, request.body.ticket),
  )
  const apply = { params: z.object({ ref }), body: applyBody, response: { 200: applied } }
  app.post(
    "/api/v1/tickets/:ref/macro",
    { config, schema: { tags, summary: "Do what a macro says; its reply is answered, not sent", ...apply } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const ticket = await lockRead(act, request, request.params.ref)
        return applyMacro(act, principalOf(request), ticket, request.body)
      }),
  )
  const undo = { params: z.object({ ref, id }), response: { 200: undone } }
  app.delete(
    "/api/v1/tickets/:ref/macro/:id",
    { config, schema: { tags, summary: "Take back what your macro changed, for a minute", ...undo } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const ticket = await lockRead(act, request, request.params.ref)
        return undoMacro(act, principalOf(request), ticket, request.params.id)
      }),
  )
}

/** Locks the ticket, at the version that the caller has read if they say which. */
async function lockRead(act: Act, request: FastifyRequest, of: string) {
  const row = await lockVisible(act, principalOf(request), of)
  await checkVersion(act, request, row)
  return row
}
