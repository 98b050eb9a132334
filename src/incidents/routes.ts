import { z } from "zod"
import { answer, type Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import { inTurns } from "#kernel/turns.ts"
import { can, principalOf } from "#people/index.ts"
import { recordActions } from "./actions.ts"
import { boardRoutes } from "./board-routes.ts"
import { actionBody, cleanAction } from "./clean.ts"
import { reported } from "./contract.ts"
import { importRoutes } from "./import-routes.ts"
import { readEach } from "./read-each.ts"
import { withoutNumbers } from "./without-numbers.ts"
import { wordRoutes } from "./words-routes.ts"
import { shownInLists, shownOfOne } from "./view.ts"

const tags = ["Incidents"]
const path = "/api/v1/incidents"
const config = { access: can.reportIncidents }

export function incidentRoutes(app: Server, kit: Kit) {
  importRoutes(app, kit)
  boardRoutes(app, kit)
  wordRoutes(app, kit)
  const summary = "Tell what became of messages about shipments: one action, or a list of up to 1,000"
  app.post(
    `${path}/actions`,
    {
      config,
      errorHandler: withoutNumbers,
      schema: { tags, summary, response: { 200: z.union([reported, z.object({ items: z.array(reported) })]) } },
    },
    async (request, reply) => {
      const { items, isList } = await readEach(actionBody, request.body)
      const actions = await inTurns(items, (item, i) => cleanAction(kit.secrets, item, isList ? `${i}.` : ""))
      return answer(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        // An invented failure must not silence a number: only an admin's word, or that of a key made for it, stops it.
        const mayStop = (connectionId: string) => can.handInAt(who, connectionId)
        const told = await recordActions(act, actions, { depth: isList ? shownInLists : shownOfOne, mayStop })
        return isList ? { items: told } : told[0]!
      })
    },
  )
}
