import { z } from "zod"
import { noContent } from "#kernel/http/input-fields.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import { can } from "#people/index.ts"
import {
  changeLinkedSystemBody,
  type LinkedSystem,
  linkedSystem,
  linkedSystemsQuery,
  newLinkedSystemBody,
} from "../api-contract.ts"
import { changeSystem, linkSystem, unlinkSystem } from "./change-linked-systems.ts"
import { existingSystem, type LinkedSystemRow, listSystems } from "./linked-system-store.ts"

const path = "/api/v1/links/systems"
const params = z.object({ id: z.string().max(100) })
const tags = ["Linked systems"]
const config = { access: can.manageLinkedSystems }

export function linkedSystemRoutes(app: Server, kit: Kit) {
  const show = ({ secrets, deletedAt: _deleted, ...shown }: LinkedSystemRow): LinkedSystem => ({
    ...shown,
    secretsSet: Object.keys(openSettings(kit.secrets, secrets)),
  })
  const one = { params, response: { 200: linkedSystem } }
  const all = { querystring: linkedSystemsQuery, response: { 200: pageSchema(linkedSystem) } }
  app.get(path, { config, schema: { tags, summary: "Outside systems that Hilo is linked to", ...all } }, (request) =>
    listSystems(kit.db.kysely, request.query, show),
  )
  app.get(`${path}/:id`, { config, schema: { tags, summary: "One of them", ...one } }, async (request) =>
    show(await existingSystem(kit.db.kysely, request.params.id)),
  )
  const making = { body: newLinkedSystemBody, response: { 201: linkedSystem } }
  app.post(path, { config, schema: { tags, summary: "Link an outside system", ...making } }, (request, reply) =>
    runRequest(kit, request, reply, 201, async (act) =>
      show(await existingSystem(act.tx, await linkSystem(act, kit, request.body))),
    ),
  )
  const changing = { ...one, body: changeLinkedSystemBody }
  app.patch(`${path}/:id`, { config, schema: { tags, summary: "Change one of them", ...changing } }, (request, reply) =>
    runRequest(kit, request, reply, 200, async (act) => {
      await changeSystem(act, kit, request.params.id, request.body)
      return show(await existingSystem(act.tx, request.params.id))
    }),
  )
  const removing = { params, response: { 204: noContent } }
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Take one of them out of use", ...removing } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => unlinkSystem(act, request.params.id)),
  )
}
