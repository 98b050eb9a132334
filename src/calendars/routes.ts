import { z } from "zod"
import { runRequest, runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { invalidField } from "#kernel/errors.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Access, Server } from "#kernel/http/server.ts"
import { pageSchema, pageQuery } from "#kernel/http/pagination.ts"
import { existingCalendar, listCalendars } from "./calendar-store.ts"
import { changeCalendar, createCalendar, deleteCalendar, type FindUses } from "./change-calendars.ts"
import { computeAhead } from "./validate-calendar-rules.ts"
import { horizonOf, workingMinutesBetween } from "./business-clock.ts"
import {
  calendar,
  changeCalendarBody,
  countriesAnswer,
  dueAnswer,
  dueBody,
  minutesAnswer,
  minutesBody,
  newCalendarBody,
  previewAnswer,
  previewBody,
} from "./api-contract.ts"
import { dueAt, previewCalendar } from "./preview-calendar.ts"
import { holidayCountries } from "./compute-public-holidays.ts"
import { refuseUnknownYear, workingCalendar } from "./build-working-calendar.ts"

const path = "/api/v1/calendars"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const tags = ["Calendars"]

/** Calendars stand below the modules that know people and that use them: who may do what, and what uses one, is given. */
type Wiring = { see: Access; manage: Access; findUses: FindUses[] }

export function calendarRoutes(app: Server, kit: Kit, { see, manage, findUses }: Wiring) {
  const one = { params, response: { 200: calendar } }
  app.get(
    path,
    {
      config: { access: see },
      schema: {
        tags,
        summary: "List calendars by name",
        querystring: z.strictObject(pageQuery),
        response: { 200: pageSchema(calendar) },
      },
    },
    (request) => listCalendars(kit.db.kysely, request.query),
  )
  app.get(`${path}/:id`, { config: { access: see }, schema: { tags, summary: "One calendar", ...one } }, (request) =>
    existingCalendar(kit.db.kysely, request.params.id),
  )
  app.post(
    path,
    {
      config: { access: manage },
      schema: { tags, summary: "Make a calendar", body: newCalendarBody, response: { 201: calendar } },
    },
    async (request, reply) => {
      await computeAhead(kit.db.kysely, request.body, kit.now())
      return runRequest(kit, request, reply, 201, async (act) =>
        existingCalendar(act.tx, await createCalendar(act, request.body)),
      )
    },
  )
  app.patch(
    `${path}/:id`,
    { config: { access: manage }, schema: { tags, summary: "Change a calendar", ...one, body: changeCalendarBody } },
    async (request, reply) => {
      await computeAhead(kit.db.kysely, request.body, kit.now(), request.params.id)
      return runRequest(kit, request, reply, 200, async (act) => {
        await changeCalendar(act, request.params.id, request.body)
        return existingCalendar(act.tx, request.params.id)
      })
    },
  )
  app.delete(
    `${path}/:id`,
    {
      config: { access: manage },
      schema: { tags, summary: "Remove a calendar that nothing uses", params, response: { 204: noContent } },
    },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteCalendar(act, request.params.id, findUses)),
  )
  clockRoutes(app, kit, see)
  previewRoutes(app, kit, manage)
}

/** The business clock: questions, which change nothing. */
function clockRoutes(app: Server, kit: Kit, access: Access) {
  app.post(
    `${path}/:id/due`,
    {
      config: { access },
      schema: {
        tags,
        summary: "When so many working minutes will have passed",
        params,
        body: dueBody,
        response: { 200: dueAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, async () => {
        const { start, minutes } = request.body
        return { dueAt: dueAt(await workingCalendar(kit.db.kysely, request.params.id), start, minutes) }
      }),
  )
  app.post(
    `${path}/:id/minutes`,
    {
      config: { access },
      schema: {
        tags,
        summary: "How many working minutes lie between two instants",
        params,
        body: minutesBody,
        response: { 200: minutesAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, async () => {
        const { start, end } = request.body
        if (end < start) throw invalidField("end", "must not be before start")
        if (end > horizonOf(start)) throw invalidField("end", "must be at most 50 years after start")
        const rules = await workingCalendar(kit.db.kysely, request.params.id)
        refuseUnknownYear(rules, "start", start)
        refuseUnknownYear(rules, "end", end)
        return { minutes: workingMinutesBetween(rules, start, end) }
      }),
  )
}

/** The preview of a calendar before it is saved. */
function previewRoutes(app: Server, kit: Kit, access: Access) {
  app.post(
    `${path}/preview`,
    {
      config: { access },
      schema: {
        tags,
        summary: "What a calendar would say of a ticket that arrives now; saves nothing",
        body: previewBody,
        response: { 200: previewAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, () =>
        previewCalendar(kit.db.kysely, request.body, kit.now()),
      ),
  )
  app.get(
    `${path}/holiday-countries`,
    {
      config: { access },
      schema: {
        tags,
        summary: "Countries whose holidays are known, with their regions",
        response: { 200: countriesAnswer },
      },
    },
    async () => ({ items: await holidayCountries() }),
  )
}
