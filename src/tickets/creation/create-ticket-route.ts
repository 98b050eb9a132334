import { runRequest, retryOnUniqueViolation } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { countLookUps } from "#contacts/index.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { withEtag } from "../lock-check-version-and-change.ts"
import { newTicketBody, ticket } from "../api-contract.ts"
import { type CreatedTicket, createSupport } from "./create-ticket-from-request.ts"
import { showTicket } from "../parts/show-ticket-and-links.ts"

const summary = "Open a support ticket; with the key of a thread that has an active one, join that (200)"

export function createRoute(app: Server, kit: Kit) {
  app.post(
    "/api/v1/tickets",
    {
      config: { access: can.anybodySignedIn, quota: "ticket" },
      schema: { tags: ["Tickets"], summary, body: newTicketBody, response: { 200: ticket, 201: ticket } },
    },
    async (request, reply) => {
      const { email, phone } = request.body.contact ?? {}
      await countLookUps(kit, principalOf(request), [
        ...(email === undefined ? [] : [{ kind: "email", value: email } as const]),
        ...(phone === undefined ? [] : [{ kind: "phone", value: phone } as const]),
      ])
      return retryOnUniqueViolation(() => {
        let joined = false
        const status = () => (joined ? 200 : 201)
        return runRequest(kit, request, reply, status, async (act) => {
          const who = principalOf(request)
          const created = await createSupport(act, who, request.body)
          joined = created.joined
          return withEtag(reply, await showTicket(act, afterOpening(who, created), created.id))
        })
      })
    },
  )
}

/** A customer reads what they have just opened, also when it made them a contact. */
function afterOpening(who: Principal, { requester }: CreatedTicket): Principal {
  if (can.beStaff(who) || !requester) return who
  const { contactId, identityId } = requester
  const { contactIds = [], identityIds = [] } = who.reads ?? {}
  const reads = {
    contactIds: contactId === null ? contactIds : [...contactIds, contactId],
    identityIds: identityId === null ? identityIds : [...identityIds, identityId],
  }
  return { ...who, contactId, reads }
}
