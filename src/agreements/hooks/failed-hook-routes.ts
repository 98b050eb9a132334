import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { can } from "#people/index.ts"
import { failedHook, failedHooksQuery } from "../api-contract.ts"
import { listFailedHooks, replayFailedHook } from "./failed-hooks.ts"

const path = "/api/v1/links/failed-hooks"
const tags = ["Linked systems"]
const config = { access: can.manageLinkedSystems }

export function failedHookRoutes(app: Server, kit: Kit) {
  const all = { querystring: failedHooksQuery, response: { 200: pageSchema(failedHook) } }
  const summary = "What linked systems posted and could not be processed"
  app.get(path, { config, schema: { tags, summary, ...all } }, (request) =>
    listFailedHooks(kit.db.kysely, request.query),
  )
  const params = z.object({ id: z.string().max(100) })
  const again = { params, body: noFields, response: { 204: noContent } }
  app.post(
    `${path}/:id/replay`,
    { config, schema: { tags, summary: "Have one of them processed again", ...again } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => replayFailedHook(act, request.params.id)),
  )
}
