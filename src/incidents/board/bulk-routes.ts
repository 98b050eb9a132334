import { z } from "zod"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import { groupsOf } from "#kernel/http/one-change-or-many.ts"
import { countCap } from "#kernel/http/pagination.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { can, principalOf } from "#people/index.ts"
import { bulkAnswer } from "#tickets/index.ts"
import { boardFilter, bulkIncidentsBody, mostInBulk, selectionAnswer } from "./api-contract.ts"
import { countBoard, selectWorst } from "./board-store.ts"
import { changeIncidents } from "./bulk-change-incidents.ts"
import { changesFor } from "./incident-steps.ts"

const tags = ["Incidents"]
const path = "/api/v1/incidents"
const config = { access: can.beStaff }

/** Many incidents at once: which they are, and one change of all of them. */
export function bulkRoutes(app: Server, kit: Kit) {
  app.get(
    `${path}/selection`,
    {
      config,
      schema: {
        tags,
        summary: "All incidents of a filter, up to 500 and the worst first, with what may be done to each",
        querystring: z.strictObject(boardFilter),
        response: { 200: selectionAnswer },
      },
    },
    async (request) => {
      const who = principalOf(request)
      const rows = await selectWorst(kit.db, who, request.query, mostInBulk)
      const total = rows.length < mostInBulk ? rows.length : await countBoard(kit.db, who, request.query, countCap + 1)
      const items = rows.map(({ id, number, status, assignee, team, ...row }) => ({
        id,
        number,
        status,
        assignee,
        team,
        can: changesFor(who, { ...row, status, assigneeId: assignee?.id ?? null, teamId: team?.id ?? null }),
      }))
      return { items, total: Math.min(total, countCap), totalIsCapped: total > countCap }
    },
  )
  const schema = {
    tags,
    summary: "Change up to 500 incidents, each by itself",
    body: bulkIncidentsBody,
    response: { 200: bulkAnswer },
  }
  app.post(`${path}/bulk`, { config, schema }, (request, reply) => {
    const report = (error: unknown) => request.log.error({ err: error }, "an incident of a bulk change failed")
    return runRequestWithoutTransaction(kit, request, reply, 200, () =>
      changeIncidents(kit, principalOf(request), groupsOf(request.body.incidents, request.body), report),
    )
  })
}
