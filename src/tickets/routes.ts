import { z } from "zod"
import { retryOnUniqueViolation, runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { compressList } from "#kernel/http/compress-list.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can, principalOf } from "#people/index.ts"
import { assignByHand } from "./assignment/assign-by-hand.ts"
import { linkRoutes, suggestedLinkRoutes, suggestedLinksPart } from "./links/link-routes.ts"
import { snoozeRoutes } from "./lifecycle/snooze-routes.ts"
import { bulkAnswer, bulkBody } from "./bulk/api-contract.ts"
import { changeInBulk } from "./bulk/bulk-change.ts"
import { groupsOf } from "#kernel/http/one-change-or-many.ts"
import { changeTicketRequest, withEtag } from "./lock-check-version-and-change.ts"
import { assignmentBody, changeBody, listedTicket, listQuery, readBody, statusBody, ticket } from "./api-contract.ts"
import { createRoute } from "./creation/create-ticket-route.ts"
import { loadRoute } from "./assignment/agent-load-route.ts"
import { listTickets } from "./list/list-tickets.ts"
import { changeStatus } from "./lifecycle/change-status-by-hand.ts"
import { mergeRoutes } from "./merge/merge-routes.ts"
import { viewWithAccessLog } from "./history/access-log.ts"
import { markRead } from "./mark-read.ts"
import { showTicket } from "./parts/show-ticket-and-links.ts"
import { whyAnswer } from "./history/api-contract.ts"
import { ticketDecisions, type NamesOf } from "./history/timeline-events-and-decisions.ts"
import {
  contactParts,
  includeQuery,
  readParts,
  type TicketParts,
  ticketWithParts,
  timelinePart,
} from "./parts/included-parts.ts"
import { updateFields } from "./fields/update-ticket-fields.ts"

const tags = ["Tickets"]
const params = z.object({ ref: z.string().max(100) })
const path = "/api/v1/tickets/:ref"
const anybody = { access: can.anybodySignedIn }
const staff = { access: can.beStaff }

type RouteOptions = {
  /** How other modules call what decisions speak of. */
  names?: NamesOf
  /** What other modules have of a ticket, to be asked for with it. */
  parts?: TicketParts
}

export function ticketRoutes(app: Server, kit: Kit, { names, parts: others }: RouteOptions = {}) {
  app.get(
    "/api/v1/tickets",
    {
      config: anybody,
      onSend: compressList,
      schema: {
        tags,
        summary: "Tickets you may see",
        querystring: listQuery,
        response: { 200: pageSchema(listedTicket) },
      },
    },
    (request) => listTickets(kit, principalOf(request), request.query),
  )
  const timeline = timelinePart(kit, names)
  openingRoute(app, kit, { ...others, timeline, suggestedLinks: suggestedLinksPart(kit), ...contactParts(kit) })
  app.get(
    `${path}/timeline`,
    {
      config: staff,
      schema: { tags, summary: "Its story, oldest first", params, response: { 200: timeline.answer } },
    },
    async (request) => {
      const who = principalOf(request)
      return timeline.read(who, await viewWithAccessLog(kit, who, request.params.ref))
    },
  )
  app.get(
    `${path}/why`,
    {
      config: staff,
      schema: { tags, summary: "Every automatic choice, with its reason", params, response: { 200: whyAnswer } },
    },
    async (request) => {
      const ticket = await viewWithAccessLog(kit, principalOf(request), request.params.ref)
      return ticketDecisions(kit.db, ticket.id, names)
    },
  )
  createRoute(app, kit)
  changeRoutes(app, kit)
  bulkRoute(app, kit)
  loadRoute(app, kit)
  mergeRoutes(app, kit)
  linkRoutes(app, kit)
  suggestedLinkRoutes(app, kit)
  snoozeRoutes(app, kit)
}

/** The ticket alone, or with what a screen shows of it beside. */
function openingRoute(app: Server, kit: Kit, parts: TicketParts) {
  const summary = "One ticket, by id or number; `include` brings parts of it along, each as its own route answers"
  app.get(
    path,
    {
      config: anybody,
      schema: {
        tags,
        summary,
        params,
        querystring: includeQuery(parts),
        response: { 200: ticketWithParts(parts) },
      },
    },
    async (request, reply) => {
      const who = principalOf(request)
      const { id } = await viewWithAccessLog(kit, who, request.params.ref)
      const shown = withEtag(reply, await showTicket({ tx: kit.db.kysely, now: kit.now() }, who, id))
      const { include } = request.query
      const report = (error: unknown) => request.log.error({ err: error }, "a part of a ticket could not be read")
      return include ? { ...shown, included: await readParts(parts, include, who, shown, report) } : shown
    },
  )
}

function changeRoutes(app: Server, kit: Kit) {
  app.patch(
    path,
    {
      config: staff,
      schema: { tags, summary: "Change fields", params, body: changeBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changeTicketRequest(kit, request, reply, request.params.ref, (act, _who, ticket) =>
        updateFields(act, ticket, request.body),
      ),
  )
  app.put(
    `${path}/status`,
    {
      config: anybody,
      schema: { tags, summary: "Move along the lifecycle", params, body: statusBody, response: { 200: ticket } },
    },
    (request, reply) =>
      retryOnUniqueViolation(() =>
        changeTicketRequest(kit, request, reply, request.params.ref, (act, who, ticket) =>
          changeStatus(act, who, ticket, request.body),
        ),
      ),
  )
  app.put(
    `${path}/assignment`,
    {
      config: staff,
      schema: { tags, summary: "Give to an agent or a team", params, body: assignmentBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changeTicketRequest(kit, request, reply, request.params.ref, (act, who, ticket, hasRead) =>
        assignByHand(act, who, ticket, request.body, hasRead),
      ),
  )
  app.post(
    `${path}/read`,
    { config: staff, schema: { tags, summary: "Mark as read", params, body: readBody, response: { 200: ticket } } },
    (request, reply) =>
      changeTicketRequest(kit, request, reply, request.params.ref, (act, _who, ticket) =>
        markRead(act, ticket, request.body?.lastSeenMessageId),
      ),
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
    return runRequestWithoutTransaction(kit, request, reply, 200, () =>
      changeInBulk(kit, principalOf(request), groupsOf(request.body.tickets, request.body), report),
    )
  })
}
