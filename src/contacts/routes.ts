import { z } from "zod"
import { answer, type Kit } from "#kernel/answer.ts"
import { done } from "#kernel/fields.ts"
import type { Server } from "#kernel/http.ts"
import { pageAnswer } from "#kernel/pages.ts"
import { can } from "#people/index.ts"
import { changeContact, deleteContact } from "./change.ts"
import { changeBody, contact, createBody, listQuery } from "./contract.ts"
import { createContact } from "./create.ts"
import { phoneRoutes } from "./phone-routes.ts"
import { contactById, listContacts } from "./view.ts"

const path = "/api/v1/contacts"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })

const readable = { access: can.seeContacts }
const config = { access: can.manageContacts }
const tags = ["Contacts"]

export function contactRoutes(app: Server, kit: Kit) {
  phoneRoutes(app, kit)
  const one = { params, response: { 200: contact } }
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "List contacts, newest first",
        querystring: listQuery,
        response: { 200: pageAnswer(contact) },
      },
    },
    (request) => listContacts(kit.db, request.query),
  )
  app.get(
    `${path}/:id`,
    { config: readable, schema: { tags, summary: "One contact, or the one it was merged into", ...one } },
    (request) => contactById(kit.db.kysely, request.params.id),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Make a contact", body: createBody, response: { 201: contact } } },
    (request, reply) =>
      answer(kit, request, reply, 201, async (act) => contactById(act.tx, await createContact(act, request.body))),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a contact", ...one, body: changeBody } },
    (request, reply) =>
      answer(kit, request, reply, 200, async (act) =>
        contactById(act.tx, await changeContact(act, request.params.id, request.body)),
      ),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a contact without tickets", params, response: { 204: done } } },
    (request, reply) => answer(kit, request, reply, 204, (act) => deleteContact(act, request.params.id)),
  )
}
