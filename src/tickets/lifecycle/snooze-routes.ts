import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can } from "#people/index.ts"
import { snoozeBody, ticket } from "../api-contract.ts"
import { changeTicketRequest } from "../lock-check-version-and-change.ts"
import { snooze, unsnooze } from "./snooze.ts"

const tags = ["Tickets"]
const params = z.object({ ref: z.string().max(100) })
const path = "/api/v1/tickets/:ref"
const config = { access: can.beStaff }

export function snoozeRoutes(app: Server, kit: Kit) {
  app.put(
    `${path}/snooze`,
    {
      config,
      schema: { tags, summary: "Put it off until then", params, body: snoozeBody, response: { 200: ticket } },
    },
    (request, reply) =>
      changeTicketRequest(kit, request, reply, request.params.ref, (act, _who, row) =>
        snooze(act, row, request.body.until),
      ),
  )
  app.delete(
    `${path}/snooze`,
    { config, schema: { tags, summary: "Take it back into the open views", params, response: { 200: ticket } } },
    (request, reply) =>
      changeTicketRequest(kit, request, reply, request.params.ref, (act, _who, row) => unsnooze(act, row)),
  )
}
