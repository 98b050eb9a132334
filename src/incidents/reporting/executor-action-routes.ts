import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { can, principalOf } from "#people/index.ts"
import { recordActions } from "./record-executor-actions-and-open-incidents.ts"
import { actionBody, sanitizeAction } from "./sanitize-input.ts"
import { reported } from "../api-contract.ts"
import { parseList } from "../parse-object-or-list.ts"
import { redactRefusal } from "../admin-tickets-api/redact-refusals.ts"
import { shownInLists, shownOfOne } from "../incident-view.ts"

const tags = ["Incidents"]
const path = "/api/v1/incidents"
const config = { access: can.reportIncidents }

export function actionRoutes(app: Server, kit: Kit) {
  const summary = "Tell what became of messages about shipments: one action, or a list of up to 1,000"
  app.post(
    `${path}/actions`,
    {
      config,
      errorHandler: redactRefusal,
      schema: { tags, summary, response: { 200: z.union([reported, z.object({ items: z.array(reported) })]) } },
    },
    async (request, reply) => {
      const { items, isList } = await parseList(actionBody, request.body)
      const actions = await mapYielding(items, (item, i) => sanitizeAction(kit.secrets, item, isList ? `${i}.` : ""))
      return runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        // An invented failure must not silence a number: only an admin's word, or that of a key made for it, stops it.
        const mayStop = (connectionId: string) => can.handInAt(who, connectionId)
        const outcomes = await recordActions(act, actions, { depth: isList ? shownInLists : shownOfOne, mayStop })
        return isList ? { items: outcomes } : outcomes[0]!
      })
    },
  )
}
