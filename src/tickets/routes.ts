import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { type Act } from "#kernel/act.ts"
import { answer, type Kit } from "#kernel/answer.ts"
import { Refusal } from "#kernel/errors.ts"
import { nothing } from "#kernel/fields.ts"
import type { Server } from "#kernel/http.ts"
import { pageAnswer } from "#kernel/pages.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { assign } from "./assign.ts"
import { change } from "./change.ts"
import {
  assignmentBody,
  changeBody,
  countsAnswer,
  listedTicket,
  listQuery,
  statusBody,
  ticket,
  type Ticket,
  timelineAnswer,
  whyAnswer,
} from "./contract.ts"
import { countViews } from "./counts.ts"
import { listTickets } from "./list.ts"
import { markRead } from "./read.ts"
import { lockVisible, type TicketRow, viewIn, viewOne } from "./store.ts"
import { decisionsOf, timelineOf } from "./story.ts"
import { update } from "./update.ts"
import { checkVersion, etagOf } from "./version.ts"
import { accessOf, toTicket } from "./view.ts"

const tags = ["Tickets"]
const params = z.object({ ref: z.string().max(100) })
const path = "/api/v1/tickets/:ref"
const anybody = { access: can.anybodySignedIn }
const staff = { access: can.beStaff }

export function ticketRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/tickets",
    {
      config: anybody,
      schema: {
        tags,
        summary: "Tickets you may see",
        querystring: listQuery,
        response: { 200: pageAnswer(listedTicket) },
      },
    },
    (request) => listTickets(kit.db, principalOf(request), request.query),
  )
  app.get(
    "/api/v1/tickets/counts",
    {
      config: staff,
      schema: { tags, summary: "How many wait in each view, up to 99", response: { 200: countsAnswer } },
    },
    (request) => countViews(kit.db, principalOf(request)),
  )
  app.get(
    path,
    { config: anybody, schema: { tags, summary: "One ticket, by id or number", params, response: { 200: ticket } } },
    async (request, reply) => {
      const who = principalOf(request)
      return tagged(reply, toTicket(who, await viewOne(kit.db, who, request.params.ref)))
    },
  )
  app.get(
    `${path}/timeline`,
    { config: staff, schema: { tags, summary: "Its story, oldest first", params, response: { 200: timelineAnswer } } },
    async (request) => {
      const ticket = await viewOne(kit.db, principalOf(request), request.params.ref)
      return timelineOf(kit.db, ticket.id)
    },
  )
  app.get(
    `${path}/why`,
    {
      config: staff,
      schema: { tags, summary: "Every automatic choice, with its reason", params, response: { 200: whyAnswer } },
    },
    async (request) => {
      const ticket = await viewOne(kit.db, principalOf(request), request.params.ref)
      return decisionsOf(kit.db, ticket.id)
    },
  )
  changeRoutes(app, kit)
}

function changeRoutes(app: Server, kit: Kit) {
  app.patch(
    path,
    {
      config: staff,
      schema: { tags, summary: "Change fields", params, body: changeBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changing(kit, request, reply, request.params.ref, (act, _who, ticket) => update(act, ticket, request.body)),
  )
  app.put(
    `${path}/status`,
    {
      config: anybody,
      schema: { tags, summary: "Move along the lifecycle", params, body: statusBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changing(kit, request, reply, request.params.ref, async (act, who, ticket) => {
        const { status, resolution } = request.body
        if (!can.changeStatus(who, accessOf(ticket), status)) throw new Refusal("forbidden", "forbidden")
        const wasActive = ticket.active
        const moved = await change(act, ticket, { to: status, ...(resolution !== undefined && { resolution }) })
        // Back to pending is back to everybody: it waits for whoever takes it.
        const reopened = status === "open" && !wasActive && ticket.kind === "conversation"
        if (reopened && ticket.assigneeId === null) await assign(act, moved, { agentId: who.id, teamId: ticket.teamId })
      }),
  )
  app.put(
    `${path}/assignment`,
    {
      config: staff,
      schema: { tags, summary: "Give to an agent or a team", params, body: assignmentBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changing(kit, request, reply, request.params.ref, (act, who, ticket, hasRead) =>
        assign(act, ticket, request.body, { who, hasRead }),
      ),
  )
  app.post(
    `${path}/read`,
    { config: staff, schema: { tags, summary: "Mark as read", params, body: nothing, response: { 200: ticket } } },
    (request, reply) => changing(kit, request, reply, request.params.ref, (act, _who, ticket) => markRead(act, ticket)),
  )
}

type Changing = (act: Act, who: Principal, ticket: TicketRow, hasRead: boolean) => Promise<unknown>

/** Locks, checks the version the caller has read, changes, and answers with the ticket as it is then. */
function changing(kit: Kit, request: FastifyRequest, reply: FastifyReply, ref: string, work: Changing) {
  return answer(kit, request, reply, 200, async (act) => {
    const who = principalOf(request)
    const ticket = await lockVisible(act, who, ref)
    const hasRead = await checkVersion(act, request, ticket)
    await work(act, who, ticket, hasRead)
    return tagged(reply, toTicket(who, await viewIn(act, ticket.id)))
  })
}

function tagged(reply: FastifyReply, ticket: Ticket): Ticket {
  reply.header("etag", etagOf(ticket.version))
  return ticket
}
