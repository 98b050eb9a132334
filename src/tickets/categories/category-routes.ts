import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { changeCategory, createCategory, deleteCategory } from "./change-categories.ts"
import { existingCategory, listCategories } from "./category-store.ts"
import { category, categoryBody } from "../api-contract.ts"

const path = "/api/v1/categories"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
// Customers choose one when they open a ticket.
const readable = { access: can.anybodySignedIn }
const config = { access: can.manageCategories }
const tags = ["Categories"]

export function categoryRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: category } }
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "List categories by name",
        querystring: z.strictObject(pageQuery),
        response: { 200: pageSchema(category) },
      },
    },
    (request) => listCategories(kit.db.kysely, request.query),
  )
  app.get(`${path}/:id`, { config: readable, schema: { tags, summary: "One category", ...one } }, (request) =>
    existingCategory(kit.db.kysely, request.params.id),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Make a category", body: categoryBody, response: { 201: category } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) =>
        existingCategory(act.tx, await createCategory(act, request.body)),
      ),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a category", ...one, body: categoryBody.partial() } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        await changeCategory(act, request.params.id, request.body)
        return existingCategory(act.tx, request.params.id)
      }),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a category from all tickets", params, response: { 204: noContent } } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteCategory(act, request.params.id)),
  )
}
