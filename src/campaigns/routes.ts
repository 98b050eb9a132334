import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { parseInWorker } from "#kernel/parsing/parse-in-worker.ts"
import type { Row, UnreadableTable } from "#kernel/parsing/csv-and-xlsx-rows.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { changeCampaign, createCampaign, addRecipient, deleteCampaign } from "./change-campaigns.ts"
import {
  campaign,
  campaignWithProgress,
  changeBody,
  createBody,
  listQuery,
  recipientsAdded,
  recipientsBody,
  shipment,
  shipmentBody,
  statusBody,
} from "./api-contract.ts"
import { setStatus } from "./change-campaign-status.ts"
import { addRecipients } from "./add-recipient-list.ts"
import { progressOf } from "./progress-figures.ts"
import { existingCampaign, listCampaigns, listShipments } from "./campaign-store.ts"

const csvParser = new URL("./csv-rows-worker.ts", import.meta.url)
const path = "/api/v1/campaigns"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const readable = { access: can.beStaff }
const config = { access: can.manageCampaigns }
const tags = ["Campaigns"]

export function campaignRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: campaign } }
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "List campaigns, newest first",
        querystring: listQuery,
        response: { 200: pageSchema(campaign) },
      },
    },
    (request) => listCampaigns(kit.db.kysely, request.query),
  )
  const shown = { params, response: { 200: campaignWithProgress } }
  app.get(
    `${path}/:id`,
    { config: readable, schema: { tags, summary: "One campaign, and how far it is", ...shown } },
    async (request) => ({
      ...(await existingCampaign(kit.db.kysely, request.params.id)),
      progress: await progressOf(kit.db.kysely, request.params.id),
    }),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Make a campaign", body: createBody, response: { 201: campaign } } },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => createCampaign(act, request.body)),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Rename a campaign, or change its plan", ...one, body: changeBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, (act) => changeCampaign(act, request.params.id, request.body)),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a campaign without shipments", params } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteCampaign(act, request.params.id)),
  )
  shipmentRoutes(app, kit)
  runRoutes(app, kit)
}

function runRoutes(app: Server, kit: Kit) {
  app.post(
    `${path}/:id/recipients`,
    {
      config,
      schema: {
        tags,
        summary: "Add whom it goes to; what is wrong is said by line",
        params,
        body: recipientsBody,
        response: { 200: recipientsAdded },
      },
    },
    async (request, reply) => {
      const { csv, recipients } = request.body
      const rows = csv === undefined ? undefined : await parseInWorker<Row | UnreadableTable>(csvParser, csv)
      return runRequest(kit, request, reply, 200, (act) => addRecipients(act, request.params.id, { recipients, rows }))
    },
  )
  app.put(
    `${path}/:id/status`,
    {
      config,
      schema: {
        tags,
        summary: "Schedule, start, pause or cancel",
        params,
        body: statusBody,
        response: { 200: campaign },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        await setStatus(act, request.params.id, request.body)
        return existingCampaign(act.tx, request.params.id)
      }),
  )
}

function shipmentRoutes(app: Server, kit: Kit) {
  app.get(
    `${path}/:id/shipments`,
    {
      // Who it goes to is a list of people: only people who make campaigns see it.
      config,
      schema: {
        tags,
        summary: "List shipments by id",
        params,
        querystring: listQuery,
        response: { 200: pageSchema(shipment) },
      },
    },
    async (request) => {
      const { id } = await existingCampaign(kit.db.kysely, request.params.id)
      return listShipments(kit.db.kysely, id, request.query)
    },
  )
  app.post(
    `${path}/:id/shipments`,
    {
      config,
      schema: { tags, summary: "Note a shipment", params, body: shipmentBody, response: { 201: shipment } },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 201, (act) => addRecipient(act, request.params.id, request.body)),
  )
}
