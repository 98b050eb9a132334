import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { invalidField, notFound } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byName, readListPage } from "#kernel/http/read-list-page.ts"
import type { Calendar } from "./api-contract.ts"

const columns = [
  "id",
  "name",
  "timezone",
  "intervals",
  "holidays",
  "holidayCountry",
  "holidayRegion",
  "createdAt",
  "updatedAt",
] as const

/** Calendars by name. */
export async function listCalendars(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Calendar>> {
  const all = from.selectFrom("calendars").select(columns).$castTo<Calendar>()
  return readListPage(from, all, { query, by: byName, shape: (row) => row })
}

/** As they are written in a request: jsonb keeps no order of names. */
function toCalendar<T extends Calendar>(row: T): T {
  const intervals = row.intervals.map(({ day, from, to }) => ({ day, from, to }))
  const holidays = row.holidays.map(({ date, name, yearly }) => ({ date, name, yearly }))
  return { ...row, intervals, holidays }
}

const one = (from: Kysely<DB>, id: string) => from.selectFrom("calendars").select(columns).where("id", "=", id)

export async function existingCalendar(from: Kysely<DB>, id: string): Promise<Calendar> {
  const row = await one(from, id).executeTakeFirst()
  if (!row) throw notFound("calendar")
  return toCalendar(row as Calendar)
}

export async function lockCalendar(act: Act, id: string): Promise<Calendar> {
  const row = await one(act.tx, id).forUpdate().executeTakeFirst()
  if (!row) throw notFound("calendar")
  return toCalendar(row as Calendar)
}

/** Of these calendars, the names of those that still are. */
export async function calendarNamesOf(from: Kysely<DB>, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await from.selectFrom("calendars").select(["id", "name"]).where("id", "in", ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** For who names a calendar in its field `calendarId`: it stays until the transaction ends; then the foreign key keeps it. */
export async function refuseUnknownCalendar(act: Act, id: string | null | undefined): Promise<void> {
  if (typeof id !== "string") return
  const row = await act.tx.selectFrom("calendars").select("id").where("id", "=", id).forKeyShare().executeTakeFirst()
  if (!row) throw invalidField("calendarId", `${id} is not a calendar`)
}

type CalendarRow = Omit<Calendar, "id" | "createdAt" | "updatedAt">
const stored = ({ intervals, holidays, ...row }: CalendarRow) => ({
  ...row,
  intervals: JSON.stringify(intervals),
  holidays: JSON.stringify(holidays),
})

export async function insertCalendar(act: Act, id: string, row: CalendarRow) {
  await act.tx
    .insertInto("calendars")
    .values({ id, ...stored(row), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveCalendar(act: Act, id: string, row: CalendarRow) {
  await act.tx
    .updateTable("calendars")
    .set({ ...stored(row), nextOpeningAt: null, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

/** Of the calendar as it was at `updatedAt`; a later one has its opening looked up anew. */
export async function saveNextOpening(act: Act, id: string, updatedAt: Date, nextOpeningAt: Date) {
  await act.tx
    .updateTable("calendars")
    .set({ nextOpeningAt })
    .where("id", "=", id)
    .where("updatedAt", "=", updatedAt)
    .execute()
}

export async function removeCalendar(act: Act, id: string) {
  await act.tx.deleteFrom("calendars").where("id", "=", id).execute()
}
