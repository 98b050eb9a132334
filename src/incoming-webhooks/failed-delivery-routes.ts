import { z } from "zod"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noFields } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { failedDelivery } from "./api-contract.ts"
import { listFailedDeliveries, rawFailedDelivery, replayFailedDelivery } from "./list-and-replay-failed-deliveries.ts"

const tags = ["Connections"]
const config = { access: can.manageConnections }
const id = z.string().max(100)
const querystring = z.strictObject({ connectionId: id.optional(), ...pageQuery })

/** `element` is what the provider sent, as it came; `replayedAt` says that it was processed since. */
export function failedDeliveryRoutes(app: Server, kit: Kit) {
  const list = {
    summary: "Elements of webhooks that could not be processed",
    response: { 200: pageSchema(failedDelivery) },
  }
  app.get("/api/v1/failed-deliveries", { config, schema: { tags, querystring, ...list } }, (request) =>
    listFailedDeliveries(kit, request.query),
  )
  const again = { summary: "Try one of them again", body: noFields, response: { 200: failedDelivery } }
  app.post(
    "/api/v1/failed-deliveries/:id/replay",
    { config, schema: { tags, params: z.object({ id }), ...again } },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, () => replayFailedDelivery(kit, request.params.id)),
  )
  const raw = { summary: "What the provider sent, as it came" }
  app.get(
    "/api/v1/failed-deliveries/:id/raw",
    { config, schema: { tags, params: z.object({ id }), ...raw } },
    async (request, reply) => {
      const { name, content } = await rawFailedDelivery(kit, request.params.id)
      return reply
        .header("content-type", "application/octet-stream")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(content)
    },
  )
}
