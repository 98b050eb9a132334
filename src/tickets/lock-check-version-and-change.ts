import type { FastifyReply, FastifyRequest } from "fastify"
import type { Act } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { type Principal, principalOf } from "#people/index.ts"
import type { Ticket } from "./api-contract.ts"
import { showTicket } from "./parts/show-ticket-and-links.ts"
import { lockVisible } from "./ticket-store.ts"
import { type TicketRow } from "./ticket-row.ts"
import { checkVersion, etagOf } from "./if-match.ts"

type TicketChange = (
  act: Act,
  who: Principal,
  ticket: TicketRow,
  hasRead: boolean,
) => Promise<Pick<TicketRow, "id"> | void>

/** Locks, checks the version the caller has read, changes, and answers with the ticket (or what became of it) as it is then. */
export function changeTicketRequest(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  ref: string,
  work: TicketChange,
) {
  return runRequest(kit, request, reply, 200, async (act) => {
    const who = principalOf(request)
    const ticket = await lockVisible(act, who, ref)
    const hasRead = await checkVersion(act, request, ticket)
    const shown = (await work(act, who, ticket, hasRead)) ?? ticket
    return withEtag(reply, await showTicket(act, who, shown.id))
  })
}

export function withEtag(reply: FastifyReply, ticket: Ticket): Ticket {
  reply.header("etag", etagOf(ticket.version))
  return ticket
}
