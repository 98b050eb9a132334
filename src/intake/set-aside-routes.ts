import { z } from "zod"
import type { Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import { pageQuery } from "#kernel/pages.ts"
import { can } from "#people/index.ts"
import { listSetAside, replaySetAside } from "./set-aside.ts"

const tags = ["Connections"]
const config = { access: can.manageConnections }
const id = z.string().max(100)
const querystring = z.strictObject({ connectionId: id.optional(), ...pageQuery })

export function setAsideRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/set-aside",
    { config, schema: { tags, summary: "Pieces of webhooks that could not be taken in", querystring } },
    (request) => listSetAside(kit, request.query),
  )
  app.post(
    "/api/v1/set-aside/:id/replay",
    { config, schema: { tags, summary: "Try one of them again", params: z.object({ id }) } },
    (request) => replaySetAside(kit, request.params.id),
  )
}
