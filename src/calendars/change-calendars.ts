import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { insertCalendar, lockCalendar, removeCalendar, saveCalendar } from "./calendar-store.ts"
import { checkRules } from "./validate-calendar-rules.ts"
import type { CalendarChanges, CalendarFields, RuleFields } from "./api-contract.ts"
import { insertHolidays } from "./public-holiday-store.ts"
import type { CalendarRules } from "./build-working-calendar.ts"

const audited = ["name", "timezone", "intervals", "holidays", "holidayCountry", "holidayRegion"] as const

/** Returns its id. Refuses one that never opens, and a country or region whose holidays nobody knows. */
export async function createCalendar(act: Act, { name, ...rules }: CalendarFields): Promise<string> {
  const id = newId("cal")
  const after = { name, ...(await storedRules(act, rules)) }
  await insertCalendar(act, id, after)
  await recordAdminAct(act, "calendar.changed", { subjectId: id, name, after, fields: audited })
  return id
}

/** Changes what is given. The region goes with its country, unless another one is named. */
export async function changeCalendar(act: Act, id: string, changes: CalendarChanges): Promise<void> {
  const before = await lockCalendar(act, id)
  const { name = before.name, ...rules } = changes
  const { holidayCountry = before.holidayCountry } = rules
  const stays = holidayCountry === before.holidayCountry
  const { holidayRegion = stays ? before.holidayRegion : null } = rules
  const { timezone = before.timezone, intervals = before.intervals, holidays = before.holidays } = rules
  const given = { timezone, intervals, holidays, holidayCountry, holidayRegion }
  const after = { name, ...(await storedRules(act, given)) }
  await saveCalendar(act, id, after)
  await recordAdminAct(act, "calendar.changed", { subjectId: id, name, before, after, fields: audited })
}

/** The rules as they are kept, once the holidays of their country are there too. */
async function storedRules(act: Act, given: RuleFields): Promise<CalendarRules> {
  const { rules, place, publicHolidays } = await checkRules(act.tx, given, act.now)
  if (place) await insertHolidays(act, place, publicHolidays)
  return rules
}

/** What a calendar is used by, as people call it. */
export type CalendarUse = { kind: string; id: string; name: string }
/** Modules above say what of theirs uses a calendar. */
export type FindUses = (act: Act, calendarId: string) => Promise<CalendarUse[]>

/** Refuses while something uses it, and names what does. */
export async function deleteCalendar(act: Act, id: string, findUses: FindUses[]): Promise<void> {
  const before = await lockCalendar(act, id)
  const usedBy: CalendarUse[] = []
  for (const find of findUses) usedBy.push(...(await find(act, id)))
  if (usedBy.length > 0) {
    const names = usedBy.map(({ kind, name }) => `${kind} ${name}`).join(", ")
    throw new Refusal("conflict", "in_use", `It is used by ${names}`.slice(0, 1_000), { more: { usedBy } })
  }
  await removeCalendar(act, id)
  await recordAdminAct(act, "calendar.changed", { subjectId: id, name: before.name, before, fields: audited })
}
