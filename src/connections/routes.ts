import { z } from "zod"
import { runRequest, runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import { invalidField } from "#kernel/errors.ts"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { channels } from "#channels/index.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { changeConnection, deleteConnection } from "./change-connection.ts"
import { checkConnection } from "./check-connection-now.ts"
import {
  changeBody,
  checksAnswer,
  connection,
  type Connection,
  createBody,
  previewAnswer,
  templatesAnswer,
  templateUse,
  verificationAnswer,
} from "./api-contract.ts"
import { verifyConnection } from "./verify-connection.ts"
import { createConnection } from "./create-connection.ts"
import { type ConnectionRow, existingConnection, listConnections } from "./connection-store.ts"
import { listTemplates, syncTemplates } from "./template-store-and-sync.ts"
import { fillTemplate } from "./fill-template.ts"

const tags = ["Connections"]
const params = z.object({ id: z.string().max(100) })
const one = { 200: connection }

export function connectionRoutes(app: Server, kit: Kit) {
  const config = { access: can.manageConnections }
  const readable = { access: can.beStaff }
  const show = (row: ConnectionRow): Connection => {
    const { secrets, deletedAt: _deleted, sharesNumber: _shares, ...shown } = row
    return { ...shown, secretsSet: Object.keys(openSettings(kit.secrets, secrets)) }
  }
  // An address to reply to may carry a token: those who do not manage connections do not see their settings.
  const showTo = (who: Principal) => (row: ConnectionRow) =>
    can.manageConnections(who) ? show(row) : { ...show(row), settings: {} }
  app.get(
    "/api/v1/connections",
    {
      config: readable,
      schema: {
        tags,
        summary: "List connections",
        querystring: z.strictObject(pageQuery),
        response: { 200: pageSchema(connection) },
      },
    },
    (request) => listConnections(kit.db.kysely, request.query, showTo(principalOf(request))),
  )
  app.get(
    "/api/v1/connections/:id",
    { config: readable, schema: { tags, summary: "One connection", params, response: one } },
    async (request) => showTo(principalOf(request))(await existingConnection(kit.db.kysely, request.params.id)),
  )
  app.post(
    "/api/v1/connections",
    { config, schema: { tags, summary: "Make a connection", body: createBody, response: { 201: connection } } },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) => {
        refuseClosedAddress(kit, request.body.settings)
        const id = await createConnection(act, kit.secrets, request.body)
        return show(await existingConnection(act.tx, id))
      }),
  )
  app.patch(
    "/api/v1/connections/:id",
    { config, schema: { tags, summary: "Change a connection", params, body: changeBody, response: one } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        refuseClosedAddress(kit, request.body.settings)
        await changeConnection(act, kit.secrets, request.params.id, request.body)
        return show(await existingConnection(act.tx, request.params.id))
      }),
  )
  app.delete(
    "/api/v1/connections/:id",
    { config, schema: { tags, summary: "Take a connection out of use", params, response: { 204: noContent } } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteConnection(act, request.params.id)),
  )
  channelRoutes(app, kit)
}

// A kindness: what a name leads to is seen, and judged, only when something is sent.
function refuseClosedAddress({ outbound }: Kit, settings: Record<string, unknown> | undefined) {
  for (const name of Object.values(channels).flatMap(({ urlSettings = [] }) => urlSettings)) {
    const url = settings?.[name]
    if (typeof url === "string" && outbound.refuses(url))
      throw invalidField(
        `settings.${name}`,
        "must be a public http(s) address without credentials, or in HILO_ALLOW_PRIVATE",
      )
  }
}

const path = "/api/v1/connections/:id"

/** The channel's other side is asked outside any transaction. */
function channelRoutes(app: Server, kit: Kit) {
  const config = { access: can.manageConnections }
  app.post(
    `${path}/check`,
    {
      config,
      schema: {
        tags,
        summary: "Ask the channel whether everything is connected",
        params,
        body: noFields,
        response: { 200: checksAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, async () => ({
        checks: await checkConnection(kit, request.actor, request.params.id),
      })),
  )
  app.post(
    `${path}/verification`,
    {
      config,
      schema: {
        tags,
        summary: "Let the account show that messages come and go; then it is switched on",
        params,
        body: noFields,
        response: { 200: verificationAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, () =>
        verifyConnection(kit, request.actor, request.params.id),
      ),
  )
  templateRoutes(app, kit)
}

function templateRoutes(app: Server, kit: Kit) {
  const config = { access: can.manageConnections }
  const readable = { access: can.beStaff }
  app.get(
    `${path}/templates`,
    {
      config: readable,
      schema: { tags, summary: "The templates of its account", params, response: { 200: templatesAnswer } },
    },
    async (request) => {
      const { id } = await existingConnection(kit.db.kysely, request.params.id)
      return { items: await listTemplates(kit.db.kysely, id) }
    },
  )
  app.post(
    `${path}/templates/sync`,
    {
      config,
      schema: {
        tags,
        summary: "Fetch the templates of its account",
        params,
        body: noFields,
        response: { 200: templatesAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, async () => ({
        items: await syncTemplates(kit, request.actor, request.params.id),
      })),
  )
  app.post(
    `${path}/templates/preview`,
    {
      config: readable,
      schema: {
        tags,
        summary: "The template as the customer reads it",
        params,
        body: templateUse,
        response: { 200: previewAnswer },
      },
    },
    async (request) => {
      const { id } = await existingConnection(kit.db.kysely, request.params.id)
      const { text, headerMedia } = await fillTemplate(kit.db.kysely, id, request.body, "")
      return { text, headerMedia }
    },
  )
}
