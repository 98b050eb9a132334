import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { changeViewBody, newViewBody, view } from "./api-contract.ts"
import { existingView, listViews, toView } from "./saved-view-store.ts"
import { changeView, createView, deleteView } from "./change-saved-views.ts"

const path = "/api/v1/views"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const config = { access: can.beStaff }
const tags = ["Views"]

/** Staff's own matter; whose view it is, the verbs ask. */
export function viewRoutes(app: Server, kit: Kit) {
  const all = { querystring: z.strictObject(pageQuery), response: { 200: pageSchema(view) } }
  const one = { params, response: { 200: view } }
  app.get(path, { config, schema: { tags, summary: "Saved views you may see, by name", ...all } }, (request) =>
    listViews(kit.db.kysely, principalOf(request), request.query),
  )
  app.get(`${path}/:id`, { config, schema: { tags, summary: "One saved view", ...one } }, async (request) => {
    const who = principalOf(request)
    return toView(who, await existingView(kit.db.kysely, who, request.params.id))
  })
  app.post(
    path,
    { config, schema: { tags, summary: "Save a view", body: newViewBody, response: { 201: view } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        return toView(who, await existingView(act.tx, who, await createView(act, who, request.body)))
      }),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a saved view", ...one, body: changeViewBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        await changeView(act, who, request.params.id, request.body)
        return toView(who, await existingView(act.tx, who, request.params.id))
      }),
  )
  app.delete(`${path}/:id`, { config, schema: { tags, summary: "Remove a saved view", params } }, (request, reply) =>
    runRequest(kit, request, reply, 204, (act) => deleteView(act, principalOf(request), request.params.id)),
  )
}
