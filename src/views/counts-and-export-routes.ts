import { Readable } from "node:stream"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import { boardFilter } from "#incidents/index.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import { checkListQuery, createSharedCounts, exportQuery, localeTag, withToday } from "#tickets/index.ts"
import { countAnnouncements } from "./count-messages-sent-by-closing.ts"
import { announcementsAnswer, announcementsBody, countsAnswer } from "./api-contract.ts"
import { countViews } from "./view-counts.ts"
import { plainLayout, spreadsheetLayout } from "./csv-layout.ts"
import { exportIncidents } from "./incident-export.ts"
import { exportTickets } from "./ticket-export.ts"
import { viewRoutes } from "./saved-view-routes.ts"

const tags = ["Tickets"]
const path = "/api/v1/tickets"
const config = { access: can.beStaff }

export function countsAndExportRoutes(app: Server, kit: Kit) {
  const counts = createSharedCounts(kit.db)
  viewRoutes(app, kit)
  app.get(
    `${path}/counts`,
    { config, schema: { tags, summary: "How many wait in each view, up to 99", response: { 200: countsAnswer } } },
    (request) => countViews(kit, counts, principalOf(request)),
  )
  app.post(
    `${path}/announcements`,
    {
      config,
      schema: {
        tags,
        summary: "How many customers would be notified if these tickets ended now; changes nothing",
        body: announcementsBody,
        response: { 200: announcementsAnswer },
      },
    },
    (request) => countAnnouncements(kit, principalOf(request), request.body),
  )
  exportRoutes(app, kit)
}

function exportRoutes(app: Server, kit: Kit) {
  const summary =
    "The same list as CSV; with a `locale` as spreadsheets of that locale read it, in its language and the reader's zone"
  app.get(`${path}/export`, { config, schema: { tags, summary, querystring: exportQuery } }, async (request, reply) => {
    const who = principalOf(request)
    const { locale, ...asked } = request.query
    const query = withToday({ ...asked, limit: 50 }, who, kit.now())
    await checkListQuery(kit.db.kysely, who, query)
    const { customFields = {}, ...named } = asked
    const filters = [...Object.keys(named), ...Object.keys(customFields).map((key) => `customFields.${key}`)]
    const layout = await layoutFor(kit, who, locale)
    return sendCsv(reply, "tickets", await exportTickets(kit, who, { query, layout, filters }))
  })
  const querystring = z.strictObject({ ...boardFilter, locale: localeTag.optional() })
  app.get(
    "/api/v1/incidents/export",
    { config, schema: { tags: ["Incidents"], summary, querystring } },
    async (request, reply) => {
      const who = principalOf(request)
      const { locale, ...filter } = request.query
      const layout = await layoutFor(kit, who, locale)
      const filters = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name]))
      return sendCsv(reply, "incidents", exportIncidents(kit, who, { filter, layout, filters }))
    },
  )
}

const sendCsv = (reply: FastifyReply, name: string, lines: AsyncGenerator<string>) =>
  reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${name}.csv"`)
    .header("cache-control", "no-store")
    .send(Readable.from(lines))

/** Without a locale for programs. One without a region has the desk's: how decimals are written differs between countries of one language. */
async function layoutFor({ db }: Kit, { timezone }: Principal, locale: string | undefined) {
  if (locale === undefined) return plainLayout
  const { language, region } = new Intl.Locale(locale)
  const country = region ?? (await readSetting(db, "desk.country"))
  return spreadsheetLayout(country ? `${language}-${country}` : language, timezone)
}
