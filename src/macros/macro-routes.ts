import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { changeMacroBody, listQuery, macro, newMacroBody } from "./api-contract.ts"
import { existingMacro, listMacros, toMacro } from "./macro-store.ts"
import { changeMacro, createMacro, deleteMacro } from "./change-macros.ts"
import { savedReplyRoutes } from "./saved-reply-routes.ts"
import { macroTicketRoutes } from "./apply-macro-routes.ts"

const path = "/api/v1/macros"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const config = { access: can.beStaff }
const tags = ["Macros"]

/** Staff's own matter; whose macro it is, the verbs ask. */
export function macroRoutes(app: Server, kit: Kit) {
  savedReplyRoutes(app, kit)
  macroTicketRoutes(app, kit)
  const all = { querystring: listQuery, response: { 200: pageSchema(macro) } }
  const one = { params, response: { 200: macro } }
  app.get(path, { config, schema: { tags, summary: "Macros you may use, by name", ...all } }, (request) =>
    listMacros(kit.db.kysely, principalOf(request), request.query),
  )
  app.get(`${path}/:id`, { config, schema: { tags, summary: "One macro", ...one } }, async (request) => {
    const who = principalOf(request)
    return toMacro(who, await existingMacro(kit.db.kysely, who, request.params.id))
  })
  app.post(
    path,
    { config, schema: { tags, summary: "Make a macro", body: newMacroBody, response: { 201: macro } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        return toMacro(who, await existingMacro(act.tx, who, await createMacro(act, who, request.body)))
      }),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a macro", ...one, body: changeMacroBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        await changeMacro(act, who, request.params.id, request.body)
        return toMacro(who, await existingMacro(act.tx, who, request.params.id))
      }),
  )
  app.delete(`${path}/:id`, { config, schema: { tags, summary: "Remove a macro", params } }, (request, reply) =>
    runRequest(kit, request, reply, 204, (act) => deleteMacro(act, principalOf(request), request.params.id)),
  )
}
