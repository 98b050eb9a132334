import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { withEtag } from "../lock-check-version-and-change.ts"
import { linkBody, ticket } from "../api-contract.ts"
import { viewWithAccessLog } from "../history/access-log.ts"
import type { TicketPart } from "../parts/included-parts.ts"
import { suggestedLinks } from "./api-contract.ts"
import { linkByHand, unlink } from "./links.ts"
import { dismissSuggestion, suggestedLinksOf } from "./suggested-links.ts"
import { lockPair } from "../merge/lock-pair.ts"
import { showTicket } from "../parts/show-ticket-and-links.ts"
import { checkVersion } from "../if-match.ts"

const tags = ["Tickets"]
const ref = z.string().max(100)
const params = z.object({ ref })
const path = "/api/v1/tickets/:ref"
const config = { access: can.beStaff }

export const suggestedLinksPart = ({ db }: Kit): TicketPart<z.infer<typeof suggestedLinks>> => ({
  access: can.beStaff,
  answer: suggestedLinks,
  read: async (who, { id }) => ({ items: await suggestedLinksOf(db.kysely, who, id) }),
})

export function suggestedLinkRoutes(app: Server, kit: Kit) {
  const part = suggestedLinksPart(kit)
  const summary = "Tickets that its mails name and that it is not linked to"
  app.get(
    `${path}/suggested-links`,
    { config, schema: { tags, summary, params, response: { 200: part.answer } } },
    async (request) => {
      const who = principalOf(request)
      return part.read(who, await viewWithAccessLog(kit, who, request.params.ref))
    },
  )
  app.delete(
    `${path}/suggested-links/:other`,
    {
      config,
      schema: {
        tags,
        summary: "Turn such a ticket down: it is not suggested again",
        params: params.extend({ other: ref }),
        response: { 200: part.answer },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const [ticket, other] = await lockPair(act, who, request.params.ref, request.params.other)
        await dismissSuggestion(act, ticket.id, other.id)
        return { items: await suggestedLinksOf(act.tx, who, ticket.id) }
      }),
  )
}

export function linkRoutes(app: Server, kit: Kit) {
  app.post(
    `${path}/links`,
    { config, schema: { tags, summary: "Link to another ticket", params, body: linkBody, response: { 201: ticket } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        const [from, to] = await lockPair(act, who, request.params.ref, request.body.ticket)
        await checkVersion(act, request, from)
        await linkByHand(act, from, to, request.body.type)
        return withEtag(reply, await showTicket(act, who, from.id))
      }),
  )
  app.delete(
    `${path}/links/:other`,
    {
      config,
      schema: {
        tags,
        summary: "Take away the links that people made between two tickets",
        params: params.extend({ other: ref }),
        response: { 200: ticket },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const [from, to] = await lockPair(act, who, request.params.ref, request.params.other)
        await checkVersion(act, request, from)
        if (!(await unlink(act, from.id, to.id))) throw notFound("link")
        return withEtag(reply, await showTicket(act, who, from.id))
      }),
  )
}
