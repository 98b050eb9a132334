import { z } from "zod"
import { answer, answerOutside, type Kit } from "#kernel/answer.ts"
import { nothing } from "#kernel/fields.ts"
import type { Server } from "#kernel/http.ts"
import { pageQuery } from "#kernel/pages.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { changeConnection, deleteConnection } from "./change.ts"
import { checkConnection } from "./check-live.ts"
import { changeBody, type Connection, createBody, template, templateUse } from "./contract.ts"
import { createConnection } from "./create.ts"
import { type ConnectionRow, existingConnection, listConnections } from "./store.ts"
import { fillTemplate, listTemplates, syncTemplates } from "./templates.ts"

const params = z.object({ id: z.string().max(100) })

export function connectionRoutes(app: Server, kit: Kit) {
  const config = { access: can.manageConnections }
  const readable = { access: can.beStaff }
  const show = (row: ConnectionRow): Connection => {
    const { secrets, deletedAt: _deleted, ...shown } = row
    return { ...shown, secretsSet: secrets ? Object.keys(JSON.parse(kit.secrets.open(secrets)) as object) : [] }
  }
  // An address to reply to may carry a token: those who do not manage connections do not see their settings.
  const showTo = (who: Principal) => (row: ConnectionRow) =>
    can.manageConnections(who) ? show(row) : { ...show(row), settings: {} }
  app.get("/api/v1/connections", { config: readable, schema: { querystring: z.strictObject(pageQuery) } }, (request) =>
    listConnections(kit.db.kysely, request.query, showTo(principalOf(request))),
  )
  app.get("/api/v1/connections/:id", { config: readable, schema: { params } }, async (request) =>
    showTo(principalOf(request))(await existingConnection(kit.db.kysely, request.params.id)),
  )
  app.post("/api/v1/connections", { config, schema: { body: createBody } }, (request, reply) =>
    answer(kit, request, reply, 201, async (act) => {
      const id = await createConnection(act, kit.secrets, request.body)
      return show(await existingConnection(act.tx, id))
    }),
  )
  app.patch("/api/v1/connections/:id", { config, schema: { params, body: changeBody } }, (request, reply) =>
    answer(kit, request, reply, 200, async (act) => {
      await changeConnection(act, kit.secrets, request.params.id, request.body)
      return show(await existingConnection(act.tx, request.params.id))
    }),
  )
  app.delete("/api/v1/connections/:id", { config, schema: { params } }, (request, reply) =>
    answer(kit, request, reply, 204, (act) => deleteConnection(act, request.params.id)),
  )
  channelRoutes(app, kit)
}

/** What is asked of the channel's other side, outside any transaction. */
function channelRoutes(app: Server, kit: Kit) {
  const config = { access: can.manageConnections }
  const readable = { access: can.beStaff }
  const path = "/api/v1/connections/:id"
  app.post(
    `${path}/check`,
    { config, schema: { params, body: nothing, summary: "Ask the channel whether everything is connected" } },
    (request, reply) =>
      answerOutside(kit, request, reply, 200, async () => ({
        checks: await checkConnection(kit, request.actor, request.params.id),
      })),
  )
  app.get(
    `${path}/templates`,
    { config: readable, schema: { params, response: { 200: z.object({ items: z.array(template) }) } } },
    async (request) => {
      const { id } = await existingConnection(kit.db.kysely, request.params.id)
      return { items: await listTemplates(kit.db.kysely, id) }
    },
  )
  app.post(
    `${path}/templates/sync`,
    { config, schema: { params, body: nothing, response: { 200: z.object({ items: z.array(template) }) } } },
    (request, reply) =>
      answerOutside(kit, request, reply, 200, async () => ({
        items: await syncTemplates(kit, request.actor, request.params.id),
      })),
  )
  app.post(
    `${path}/templates/preview`,
    { config: readable, schema: { params, body: templateUse, summary: "The template as the customer reads it" } },
    async (request) => {
      const { id } = await existingConnection(kit.db.kysely, request.params.id)
      const { text, headerMedia } = await fillTemplate(kit.db.kysely, id, request.body)
      return { text, headerMedia }
    },
  )
}
