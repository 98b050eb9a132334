import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageQuery } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { changeFieldBody, customField, newFieldBody } from "./api-contract.ts"
import { changeField, defineField, deleteField } from "./change-custom-fields.ts"
import { existingField, listFields } from "./custom-field-store.ts"

const path = "/api/v1/custom-fields"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const readable = { access: can.anybodySignedIn }
const config = { access: can.manageCustomFields }
const tags = ["Custom fields"]

export function customFieldRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: customField } }
  const page = z.object({
    items: z.array(customField),
    nextCursor: z.string().nullable(),
    total: z.number(),
    totalIsCapped: z.boolean(),
  })
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "Fields that tickets may have; customers see the public ones",
        querystring: z.strictObject(pageQuery),
        response: { 200: page },
      },
    },
    (request) => listFields(kit.db.kysely, request.query, !can.beStaff(principalOf(request))),
  )
  app.get(`${path}/:id`, { config: readable, schema: { tags, summary: "One custom field", ...one } }, (request) =>
    existingField(kit.db.kysely, request.params.id, !can.beStaff(principalOf(request))),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Define a field", body: newFieldBody, response: { 201: customField } } },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => defineField(act, request.body)),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a field; its key and type stay", ...one, body: changeFieldBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, (act) => changeField(act, request.params.id, request.body)),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a field; tickets keep the values they have", params } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteField(act, request.params.id)),
  )
}
