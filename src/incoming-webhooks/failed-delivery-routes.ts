import { z } from "zod"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { mailableAddress, noFields, plainText } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { causes, failedDelivery, replayedCause, ticketOfDelivery } from "./api-contract.ts"
import { listFailedDeliveries } from "./failed-delivery-store.ts"
import {
  makeTicketOfDelivery,
  rawFailedDelivery,
  replayCause,
  replayFailedDelivery,
} from "./replay-failed-deliveries.ts"

const tags = ["Connections"]
const config = { access: can.manageConnections }
const path = "/api/v1/failed-deliveries"
const id = z.string().max(100)
const cause = z.string().max(100)
const params = z.object({ id })
const querystring = z.strictObject({ connectionId: id.optional(), cause: cause.optional(), ...pageQuery })

/** `element` is what the provider sent, as it came; `replayedAt` says that it was processed since. */
export function failedDeliveryRoutes(app: Server, kit: Kit) {
  const list = {
    summary: "Mails and elements of webhooks that could not be processed",
    response: { 200: pageSchema(failedDelivery).extend({ causes }) },
  }
  app.get(path, { config, schema: { tags, querystring, ...list } }, (request) =>
    listFailedDeliveries(kit, request.query),
  )
  const again = { summary: "Try one of them again", body: noFields, response: { 200: failedDelivery } }
  app.post(`${path}/:id/replay`, { config, schema: { tags, params, ...again } }, (request, reply) =>
    runRequestWithoutTransaction(kit, request, reply, 200, () => replayFailedDelivery(kit, request.params.id)),
  )
  const raw = { summary: "What the provider sent, as it came" }
  app.get(`${path}/:id/raw`, { config, schema: { tags, params, ...raw } }, async (request, reply) => {
    const { name, content } = await rawFailedDelivery(kit, request.params.id)
    return reply
      .header("content-type", "application/octet-stream")
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(content)
  })
  replayCauseRoute(app, kit)
  ticketRoute(app, kit)
}

function replayCauseRoute(app: Server, kit: Kit) {
  const schema = {
    tags,
    summary: "Try those of one cause again, as many as some seconds allow; with `nextCursor` it goes on",
    body: z.strictObject({ connectionId: id, cause, cursor: pageQuery.cursor }),
    response: { 200: replayedCause },
  }
  app.post(`${path}/replay`, { config, schema }, (request, reply) =>
    runRequestWithoutTransaction(kit, request, reply, 200, () => replayCause(kit, request.body)),
  )
}

const from = z.strictObject({ name: plainText(200).default(""), address: mailableAddress() })

function ticketRoute(app: Server, kit: Kit) {
  const schema = {
    tags,
    summary: "Make a ticket of a mail that could not be received, with what can be read of it",
    params,
    body: z.strictObject({ from: from.optional().describe("Whose it is, where the mail does not say so") }),
    response: { 201: ticketOfDelivery },
  }
  app.post(`${path}/:id/ticket`, { config, schema }, (request, reply) =>
    runRequestWithoutTransaction(kit, request, reply, 201, () =>
      makeTicketOfDelivery(kit, request.params.id, request.body.from ?? null),
    ),
  )
}
