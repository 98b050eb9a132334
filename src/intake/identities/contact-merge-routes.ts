import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { contact, contactById, refuseUnreachableIdentity, viewerOf } from "#contacts/index.ts"
import { can, principalOf } from "#people/index.ts"
import { mergeContacts } from "./merge-contacts.ts"
import { unmergeContacts } from "./unmerge-contacts.ts"

const id = z.string().regex(/^\w{1,60}$/, "is not an id")

export function contactMergeRoutes(app: Server, kit: Kit) {
  const words = { tags: ["Contacts"], summary: "Merge a contact into another; answers with the one that stays" }
  const schema = { ...words, params: z.object({ id }), body: z.strictObject({ into: id }), response: { 200: contact } }
  app.post("/api/v1/contacts/:id/merge", { config: { access: can.manageContacts }, schema }, (request, reply) =>
    runRequest(kit, request, reply, 200, async (act) => {
      const who = principalOf(request)
      const { into } = request.body
      for (const id of [request.params.id, into]) await refuseUnreachableIdentity(act, who, id, "into")
      const id = await mergeContacts(act, request.params.id, into, { isOnePerson: can.confirmIdentities(who) })
      return contactById(act.tx, await viewerOf(act, who), id)
    }),
  )
  const undoing = {
    tags: ["Contacts"],
    summary: "Undo the merge of a contact, for 30 days; answers with the one that is back",
    params: z.object({ id }),
    response: { 200: contact },
  }
  app.delete(
    "/api/v1/contacts/:id/merge",
    { config: { access: can.manageContacts }, schema: undoing },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const { id: sourceId } = request.params
        await refuseUnreachableIdentity(act, who, sourceId, "id")
        const viewer = await viewerOf(act, who)
        await unmergeContacts(act, sourceId)
        return contactById(act.tx, viewer, sourceId)
      }),
  )
}
