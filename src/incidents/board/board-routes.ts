// What people look at: the worst first, how many there are of what, and whether one cause explains many.
import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { notFound } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { countCap, toPage, pageQuery, readCursor } from "#kernel/http/pagination.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { viewOne } from "#tickets/index.ts"
import { riskOf } from "../severity/risky-cities-and-carriers.ts"
import { levelOf, type Risk, scoreOf } from "../severity/score-stuck-shipment.ts"
import { activeGroups, countBoard, type Group, worstFirst } from "./board-store.ts"
import { boardFilter, boardIncident, boardPage, type BoardSummary, boardSummary } from "./api-contract.ts"
import { bulkRoutes } from "./bulk-routes.ts"
import { changesFor } from "./incident-steps.ts"
import { type IncidentRow, incidentRows } from "../incident-store.ts"
import { shownInLists, shownOfOne, viewOf } from "../incident-view.ts"

const tags = ["Incidents"]
const path = "/api/v1/incidents"
const config = { access: can.beStaff }

const boardQuery = z.strictObject({ ...boardFilter, ...pageQuery })

export function boardRoutes(app: Server, kit: Kit) {
  bulkRoutes(app, kit)
  app.get(
    path,
    {
      config,
      schema: { tags, summary: "Incidents, the worst first", querystring: boardQuery, response: { 200: boardPage } },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const who = principalOf(request)
      const after = readCursor(cursor, 4)
      const rows = await worstFirst(kit.db, who, filter, { limit, after: after?.slice(1) ?? null })
      const total = after ? Number(after[0]) : await countBoard(kit.db, who, filter, countCap + 1)
      const shown = await incidentRows(
        kit.db.kysely,
        rows.map(({ id }) => id),
        shownInLists,
      )
      const byId = new Map(shown.map((row) => [row.ticketId, row]))
      const risk = await riskOf(kit.db)
      return toPage(
        rows,
        limit,
        total,
        ({ id }) => boarded(who, byId.get(id)!, risk, kit.now()),
        ({ id, score, createdAt }) => [total, score, createdAt, id],
      )
    },
  )
  app.get(
    `${path}/summary`,
    {
      config,
      schema: { tags, summary: "How many active incidents there are of what", response: { 200: boardSummary } },
    },
    async (request) => summed(await activeGroups(kit.db, principalOf(request), kit.now())),
  )
  const params = z.object({ ref: z.string().max(100) })
  app.get(
    `${path}/:ref`,
    {
      config,
      schema: { tags, summary: "One incident with its score and timeline", params, response: { 200: boardIncident } },
    },
    async (request) => {
      const who = principalOf(request)
      const ticket = await viewOne(kit.db, who, request.params.ref)
      const [row] = await incidentRows(kit.db.kysely, [ticket.id], shownOfOne)
      if (!row) throw notFound("incident")
      return boarded(who, row, await riskOf(kit.db), kit.now())
    },
  )
}

function boarded(who: Principal, row: IncidentRow, risk: Risk, now: Date) {
  const { ticketId: id, number, carrier, city, canonical, movedAt, cause } = row
  const assignee = row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? "" }
  const team = row.teamId === null ? null : { id: row.teamId, name: row.teamName ?? "" }
  // A whole connection that fails is not about one shipment.
  const score = cause === null ? scoreOf(row, risk, now) : { total: 100, level: levelOf(100), parts: [] }
  const shown = { id, number, carrier, city, canonical, movedAt, cause, score, assignee, team }
  return { ...shown, can: changesFor(who, row), incident: viewOf(row) }
}

const many = 20

function summed(groups: Group[]): BoardSummary {
  const total = groups.reduce((sum, { n }) => sum + n, 0)
  const by = (of: (group: Group) => string) =>
    [...Map.groupBy(groups, of)]
      .map(([key, all]) => ({ name: key, count: all.reduce((sum, { n }) => sum + n, 0) }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 100)
  return {
    total,
    byTrigger: by(({ trigger }) => trigger),
    byCarrier: by(({ carrier }) => carrier),
    byCity: by(({ city }) => city),
    outage: outageIn(groups, total),
  }
}

/** One cause explains many: a connection that fails as a whole, or half of all active ones and at least twenty. */
function outageIn(groups: Group[], total: number) {
  const causes = [
    ...Map.groupBy(groups, ({ trigger, failureCode, cause, carrier }) =>
      JSON.stringify([trigger, failureCode, cause, carrier]),
    ).values(),
  ]
  const sized = causes.map((all) => ({
    ...all[0]!,
    n: all.reduce((sum, { n }) => sum + n, 0),
    lately: all.reduce((sum, one) => sum + one.lately, 0),
  }))
  const worst = sized.toSorted((a, b) => Number(b.cause !== null) - Number(a.cause !== null) || b.n - a.n)[0]
  if (!worst || (worst.cause === null && (worst.n < many || worst.n * 2 < total))) return null
  const { trigger, failureCode, cause, carrier, n, lately } = worst
  return { trigger, failureCode, cause, carrier, count: n, lately, share: Math.round((n / total) * 100) / 100 }
}
