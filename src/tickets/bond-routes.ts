// Links between tickets, and putting one off.
import { z } from "zod"
import { type Act } from "#kernel/act.ts"
import { answer, type Kit } from "#kernel/answer.ts"
import { notFound } from "#kernel/errors.ts"
import type { Server } from "#kernel/http.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { changing } from "./changing.ts"
import { linkBody, snoozeBody, ticket } from "./contract.ts"
import { link, pairOf, unlink } from "./links.ts"
import { showTicket } from "./show.ts"
import { snooze, wake } from "./snooze.ts"
import { idVisible, lockTicket, type TicketRow } from "./store.ts"

const tags = ["Tickets"]
const ref = z.string().max(100)
const params = z.object({ ref })
const path = "/api/v1/tickets/:ref"
const config = { access: can.beStaff }

export function bondRoutes(app: Server, kit: Kit) {
  app.post(
    `${path}/links`,
    { config, schema: { tags, summary: "Link to another ticket", params, body: linkBody, response: { 201: ticket } } },
    (request, reply) =>
      answer(kit, request, reply, 201, async (act) => {
        const who = principalOf(request)
        const [from, to] = await lockBoth(act, who, request.params.ref, request.body.ticket)
        await link(act, pairOf(from, to, request.body.type))
        return showTicket(act.tx, who, from.id)
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
      answer(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        const [from, to] = await lockBoth(act, who, request.params.ref, request.params.other)
        if (!(await unlink(act, from.id, to.id))) throw notFound("link")
        return showTicket(act.tx, who, from.id)
      }),
  )
  app.put(
    `${path}/snooze`,
    {
      config,
      schema: { tags, summary: "Put it off until then", params, body: snoozeBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changing(kit, request, reply, request.params.ref, (act, _who, row) => snooze(act, row, request.body.until)),
  )
  app.delete(
    `${path}/snooze`,
    { config, schema: { tags, summary: "Take it back into the open views", params, response: { 200: ticket } } },
    (request, reply) => changing(kit, request, reply, request.params.ref, (act, _who, row) => wake(act, row)),
  )
}

/** Both in the order of their ids, so that two who link the same tickets never wait for each other. */
async function lockBoth(act: Act, who: Principal, a: string, b: string): Promise<[TicketRow, TicketRow]> {
  const [first, second] = [await idVisible(act, who, a), await idVisible(act, who, b)]
  const rows = new Map<string, TicketRow>()
  for (const id of [first, second].toSorted()) rows.set(id, await lockTicket(act, id))
  return [rows.get(first)!, rows.get(second)!]
}
