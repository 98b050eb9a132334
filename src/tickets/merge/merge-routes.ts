import { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { withEtag } from "../lock-check-version-and-change.ts"
import { mergeBody, splitBody, ticket } from "../api-contract.ts"
import { mergeTickets } from "./merge-tickets.ts"
import { chainOf } from "./ticket-holding-thread.ts"
import { showTicket } from "../parts/show-ticket-and-links.ts"
import { split } from "./split-ticket.ts"
import { lockPair } from "./lock-pair.ts"
import { lockInOrder, lockVisible, refuseUnseen, findVisible } from "../ticket-store.ts"
import { type TicketRow } from "../ticket-row.ts"
import { unmerge } from "./unmerge.ts"
import { checkVersion } from "../if-match.ts"

const tags = ["Tickets"]
const params = z.object({ ref: z.string().max(100) })
const path = "/api/v1/tickets/:ref"

export function mergeRoutes(app: Server, kit: Kit) {
  const staff = { access: can.beStaff }
  app.post(
    `${path}/merge`,
    {
      config: staff,
      schema: { tags, summary: "Merge into another ticket", params, body: mergeBody, response: { 200: ticket } },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const [source, target] = await lockPair(act, who, request.params.ref, request.body.into)
        await checkVersion(act, request, source)
        await mergeTickets(act, source, target, differing(who, source, target, request.body.override))
        return withEtag(reply, await showTicket(act, who, target.id))
      }),
  )
  app.delete(
    `${path}/merge`,
    { config: staff, schema: { tags, summary: "Undo the merge", params, response: { 200: ticket } } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const chain = await lockChain(act, who, request.params.ref)
        await checkVersion(act, request, chain[0]!)
        await unmerge(act, chain)
        return withEtag(reply, await showTicket(act, who, chain[0]!.id))
      }),
  )
  app.post(
    `${path}/split`,
    {
      config: staff,
      schema: {
        tags,
        summary: "Start another ticket with some of its messages",
        params,
        body: splitBody,
        response: { 201: ticket },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        const from = await lockVisible(act, who, request.params.ref)
        await checkVersion(act, request, from)
        const id = await split(act, from, request.body.messageIds, request.body.subject)
        return withEtag(reply, await showTicket(act, who, id))
      }),
  )
}

/** The merged ticket and all that it was merged into. The chain is read again when nobody can change it any more. */
async function lockChain(act: Act, who: Principal, ref: string): Promise<TicketRow[]> {
  const source = await findVisible(act.tx, who, ref)
  if (!source) throw notFound("ticket")
  const ids = await chainOf(act.tx, source.id)
  const locked = await lockInOrder(act, ids)
  const now = await chainOf(act.tx, source.id)
  if (now.join() !== ids.join()) throw new Refusal("unavailable", "unavailable", undefined, { retryAfterSeconds: 1 })
  if (ids.length < 2) throw new Refusal("conflict", "not_merged")
  const chain = ids.map((id) => locked.get(id)!)
  for (const end of [chain[0]!, chain.at(-1)!]) refuseUnseen(who, end)
  return chain
}

/** The reason for which tickets of two customers become one; null when they are one customer's, or nobody's. */
function differing(who: Principal, source: TicketRow, target: TicketRow, override: string | undefined): string | null {
  const differ = source.contactId !== null && target.contactId !== null && source.contactId !== target.contactId
  if (!differ) return null
  if (override === undefined) throw new Refusal("conflict", "other_customer")
  if (can.overrideAssignment(who)) return override
  throw new Refusal("forbidden", "forbidden", "Only a lead or an admin merges tickets of different customers")
}
