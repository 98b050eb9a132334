// Whether calendars are open and when they open: asked by what gives work to people, and by what answers while nobody works.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { existingCalendar, saveNextOpening } from "./calendar-store.ts"
import { isOpenAt, nextOpening, nextShiftStart } from "./business-clock.ts"
import { workingCalendars } from "./cached-working-calendars.ts"
import { workingCalendar } from "./build-working-calendar.ts"

/** Of these calendars, the open ones. */
export async function openCalendars(from: Kysely<DB>, ids: Iterable<string>, at: Date): Promise<Set<string>> {
  const calendars = await workingCalendars(from, ids)
  return new Set([...calendars].flatMap(([id, calendar]) => (isOpenAt(calendar, at) ? [id] : [])))
}

/** `opensAt`: the instant itself while it is open; null when it opens no more. */
export async function openingOf(from: Kysely<DB>, id: string, at: Date) {
  const opensAt = nextOpening(await workingCalendar(from, id), at)
  return { isOpen: opensAt?.getTime() === at.getTime(), opensAt }
}

/** Notes when each of these calendars opens next after now. One that changes meanwhile is left for the next look. */
export async function scheduleOpenings(act: Act, ids: string[]): Promise<void> {
  for (const id of ids) {
    const { updatedAt } = await existingCalendar(act.tx, id)
    const next = nextShiftStart(await workingCalendar(act.tx, id), act.now)
    await saveNextOpening(act, id, updatedAt, next)
  }
}
