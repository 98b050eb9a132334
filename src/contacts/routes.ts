import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { changeContact, deleteContact } from "./change-contact.ts"
import { confirmIdentityByStaff } from "./identities/confirm-identity-by-staff.ts"
import { changeBody, contact, createBody, listQuery, namedContact } from "./api-contract.ts"
import { createContact } from "./create-contact.ts"
import { ownIdentityRoutes } from "./identities/own-identity-routes.ts"
import { phoneRoutes } from "./identities/phone-preview-routes.ts"
import { countLookUps, lookUpByAddress } from "./audited-lookup-by-address.ts"
import { viewerOf } from "./visibility.ts"
import { contactById, listContacts } from "./contact-view.ts"

const path = "/api/v1/contacts"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })

const readable = { access: can.seeContacts }
const config = { access: can.manageContacts }
const tags = ["Contacts"]

export function contactRoutes(app: Server, kit: Kit) {
  phoneRoutes(app, kit)
  ownIdentityRoutes(app, kit)
  const one = { params, response: { 200: contact } }
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "List contacts, newest first",
        querystring: listQuery,
        response: { 200: z.union([pageSchema(contact), pageSchema(namedContact)]) },
      },
    },
    async (request) => {
      const who = principalOf(request)
      const { identity, ...query } = request.query
      if (identity !== undefined) return lookUpByAddress(kit, who, identity)
      return listContacts(kit.db, await viewerOf(kit.db, who), query)
    },
  )
  app.get(
    `${path}/:id`,
    { config: readable, schema: { tags, summary: "One contact, or the one it was merged into", ...one } },
    async (request) => contactById(kit.db.kysely, await viewerOf(kit.db, principalOf(request)), request.params.id),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Make a contact", body: createBody, response: { 201: contact } } },
    async (request, reply) => {
      const who = principalOf(request)
      await countLookUps(kit, who, request.body.identities ?? [])
      return runRequest(kit, request, reply, 201, async (act) =>
        contactById(act.tx, await viewerOf(act, who), await createContact(act, request.body)),
      )
    },
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a contact", ...one, body: changeBody } },
    async (request, reply) => {
      const who = principalOf(request)
      const { identities = [], addIdentities = [] } = request.body
      await countLookUps(kit, who, [...identities, ...addIdentities])
      return runRequest(kit, request, reply, 200, async (act) => {
        const id = await changeContact(act, who, request.params.id, request.body)
        return contactById(act.tx, await viewerOf(act, who), id)
      })
    },
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a contact without tickets", params, response: { 204: noContent } } },
    (request, reply) =>
      runRequest(kit, request, reply, 204, (act) => deleteContact(act, principalOf(request), request.params.id)),
  )
  confirmationRoute(app, kit)
}

function confirmationRoute(app: Server, kit: Kit) {
  app.put(
    `${path}/:id/identities/:identityId/confirmation`,
    {
      config: { access: can.confirmIdentities },
      schema: {
        tags,
        summary: "Say that an address is the contact's own: its holder then reads all that was exchanged with them",
        params: params.extend({ identityId: params.shape.id }),
        response: { 200: contact },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const id = await confirmIdentityByStaff(act, who, request.params.id, request.params.identityId)
        return contactById(act.tx, await viewerOf(act, who), id)
      }),
  )
}
