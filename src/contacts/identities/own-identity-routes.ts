import { z } from "zod"
import { noContent } from "#kernel/http/input-fields.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { ownIdentity } from "../api-contract.ts"
import { claimIdentity, disownIdentity, ownIdentities } from "./customer-claims-or-disowns-address.ts"

const path = "/api/v1/me/identities"
const tags = ["Contacts"]
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const config = { access: can.claimIdentities }

/** A customer's own say about the addresses that staff typed on their contact. */
export function ownIdentityRoutes(app: Server, kit: Kit) {
  app.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: "The addresses that staff typed as yours and nobody confirmed, masked",
        response: { 200: z.object({ items: z.array(ownIdentity) }) },
      },
    },
    async (request) => ({ items: await ownIdentities(kit.db, principalOf(request)) }),
  )
  app.put(
    `${path}/:id/confirmation`,
    {
      config,
      schema: {
        tags,
        summary: "Say that an address is yours: its holder then reads what you read",
        params,
        response: { 200: ownIdentity },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, (act) => claimIdentity(act, principalOf(request), request.params.id)),
  )
  app.delete(
    `${path}/:id`,
    {
      config,
      schema: {
        tags,
        summary: "Say that an address is not yours: it leaves your data, and what it opened ends",
        params,
        response: { 204: noContent },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 204, (act) => disownIdentity(act, principalOf(request), request.params.id)),
  )
}
