import { z } from "zod"
import { answerOutside, type Kit } from "#kernel/answer.ts"
import { nothing } from "#kernel/fields.ts"
import type { Server } from "#kernel/http.ts"
import { pageAnswer } from "#kernel/pages.ts"
import { can, principalOf } from "#people/index.ts"
import { assignByHand } from "./assign-by-hand.ts"
import { bondRoutes } from "./bond-routes.ts"
import { changeMany } from "./bulk.ts"
import { changing, tagged } from "./changing.ts"
import {
  assignmentBody,
  bulkAnswer,
  bulkBody,
  changeBody,
  listedTicket,
  listQuery,
  statusBody,
  ticket,
  timelineAnswer,
  whyAnswer,
} from "./contract.ts"
import { createRoute } from "./create-route.ts"
import { loadRoute } from "./load-route.ts"
import { listTickets } from "./list.ts"
import { moveTo } from "./move.ts"
import { mergeRoutes } from "./merge-routes.ts"
import { lookAt } from "./look.ts"
import { markRead } from "./read.ts"
import { showTicket } from "./show.ts"
import { decisionsOf, type NamesOf, timelineOf } from "./story.ts"
import { update } from "./update.ts"

const tags = ["Tickets"]
const params = z.object({ ref: z.string().max(100) })
const path = "/api/v1/tickets/:ref"
const anybody = { access: can.anybodySignedIn }
const staff = { access: can.beStaff }

/** `names`: how other modules call what decisions speak of. */
export function ticketRoutes(app: Server, kit: Kit, names?: NamesOf) {
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
    path,
    { config: anybody, schema: { tags, summary: "One ticket, by id or number", params, response: { 200: ticket } } },
    async (request, reply) => {
      const who = principalOf(request)
      const { id } = await lookAt(kit, who, request.params.ref)
      return tagged(reply, await showTicket(kit.db.kysely, who, id))
    },
  )
  app.get(
    `${path}/timeline`,
    { config: staff, schema: { tags, summary: "Its story, oldest first", params, response: { 200: timelineAnswer } } },
    async (request) => {
      const ticket = await lookAt(kit, principalOf(request), request.params.ref)
      return timelineOf(kit.db, ticket.id, names)
    },
  )
  app.get(
    `${path}/why`,
    {
      config: staff,
      schema: { tags, summary: "Every automatic choice, with its reason", params, response: { 200: whyAnswer } },
    },
    async (request) => {
      const ticket = await lookAt(kit, principalOf(request), request.params.ref)
      return decisionsOf(kit.db, ticket.id, names)
    },
  )
  createRoute(app, kit)
  changeRoutes(app, kit)
  bulkRoute(app, kit)
  loadRoute(app, kit)
  mergeRoutes(app, kit)
  bondRoutes(app, kit)
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
      changing(kit, request, reply, request.params.ref, (act, who, ticket) => moveTo(act, who, ticket, request.body)),
  )
  app.put(
    `${path}/assignment`,
    {
      config: staff,
      schema: { tags, summary: "Give to an agent or a team", params, body: assignmentBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changing(kit, request, reply, request.params.ref, (act, who, ticket, hasRead) =>
        assignByHand(act, who, ticket, request.body, hasRead),
      ),
  )
  app.post(
    `${path}/read`,
    { config: staff, schema: { tags, summary: "Mark as read", params, body: nothing, response: { 200: ticket } } },
    (request, reply) => changing(kit, request, reply, request.params.ref, (act, _who, ticket) => markRead(act, ticket)),
  )
}

function bulkRoute(app: Server, kit: Kit) {
  const schema = {
    tags,
    summary: "Change up to 100 tickets, each by itself",
    body: bulkBody,
    response: { 200: bulkAnswer },
  }
  app.post("/api/v1/tickets/bulk", { config: staff, schema }, (request, reply) => {
    const report = (error: unknown) => request.log.error({ err: error }, "a ticket of a bulk change failed")
    return answerOutside(kit, request, reply, 200, () => changeMany(kit, principalOf(request), request.body, report))
  })
}
