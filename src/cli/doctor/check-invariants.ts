// Asks every module whether its promises hold, and lets those that can put right what does not.
import { sql } from "kysely"
import { inTransaction, system } from "#kernel/act.ts"
import type { Invariant, CheckContext } from "#kernel/invariant.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { kernelInvariants } from "#kernel/kernel-invariants.ts"
import { calendarInvariants } from "#calendars/invariants.ts"
import { channels } from "#channels/index.ts"
import { connectionInvariants } from "#connections/invariants.ts"
import { contactInvariants } from "#contacts/invariants.ts"
import { webhookInvariants } from "#incoming-webhooks/invariants.ts"
import { eventInvariants } from "#event-log/invariants.ts"
import { incidentInvariants } from "#incidents/invariants.ts"
import { messageInvariants } from "#messages/invariants.ts"
import { peopleInvariants } from "#people/invariants.ts"
import { routingInvariants } from "#routing/invariants.ts"
import { replyInvariants } from "#replies/invariants.ts"
import { surveyInvariants } from "#surveys/invariants.ts"
import { settingsInvariants } from "#settings/invariants.ts"
import { slaInvariants } from "#sla/invariants.ts"
import { ticketInvariants } from "#tickets/invariants.ts"
import { overdueCheck } from "#timers/index.ts"
import { timers } from "../../background-work.ts"

export const allInvariants: Invariant[] = [
  ...kernelInvariants,
  ...settingsInvariants,
  ...eventInvariants,
  overdueCheck(timers),
  ...calendarInvariants,
  ...peopleInvariants,
  ...routingInvariants,
  ...contactInvariants,
  ...connectionInvariants,
  ...Object.values(channels).flatMap(({ checks = [] }) => checks),
  ...messageInvariants,
  ...replyInvariants,
  ...webhookInvariants,
  ...ticketInvariants,
  ...slaInvariants,
  ...incidentInvariants,
  ...surveyInvariants,
]

export type CheckResult = { name: string; ok: boolean; found: number; detail: string; repaired?: number }
export type Examination = { healthy: boolean; couldLook: boolean; checks: CheckResult[] }

type CheckCount = { found: number; some: string[] }
type Wish = { repair?: boolean; checks?: Invariant[]; now?: Date }

const shown = 5

/** Throws when there is nobody to look at. */
export async function examine(
  look: CheckContext,
  { repair = false, checks = allInvariants, now }: Wish = {},
): Promise<Examination> {
  const at = now ?? (await databaseNow(look.db))
  const findings: CheckResult[] = []
  let couldLook = true
  for (const check of checks) {
    try {
      findings.push(await examineOne(look, check, repair, at))
    } catch (error) {
      couldLook = false
      findings.push({ name: check.name, ok: false, found: 0, detail: `could not look: ${(error as Error).message}` })
    }
  }
  return { healthy: findings.every(({ ok }) => ok), couldLook, checks: findings }
}

async function examineOne(look: CheckContext, check: Invariant, repair: boolean, now: Date): Promise<CheckResult> {
  const seen = await find(look, check)
  const finding = (after: CheckCount, more: object = {}) => {
    const ok = after.found === 0 || isHarmless(check)
    return { name: check.name, ok, found: seen.found, detail: detailOf(check, seen, after), ...more }
  }
  if (!repair || !check.repair || seen.found === 0 || isHarmless(check)) return finding(seen)
  const failure = await repaired(look, check.repair, now)
  const after = await find(look, check)
  const done = finding(after, { repaired: seen.found - after.found })
  return failure === null ? done : { ...done, detail: `${done.detail} – not repaired: ${failure}` }
}

const isHarmless = ({ harmless, isAdvice }: Invariant) => harmless !== undefined || isAdvice === true

async function find({ db, ...look }: CheckContext, check: Invariant): Promise<CheckCount> {
  if (typeof check.find !== "string") {
    const all = await check.find({ db, ...look })
    return { found: all.length, some: all.slice(0, shown) }
  }
  const { rows } = await sql<CheckCount>`with offenders (what) as materialized (${sql.raw(check.find)})
    select (select count(*) from offenders) as found, array(select what from offenders limit ${shown}) as some`.execute(
    db.kysely,
  )
  return rows[0]!
}

/** Null, or why it could not be done: another repair may have to come first, or a person. */
async function repaired(
  { db }: CheckContext,
  repair: NonNullable<Invariant["repair"]>,
  now: Date,
): Promise<string | null> {
  try {
    await inTransaction(db, { actor: system, now }, repair)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

function detailOf({ why, harmless, isAdvice }: Invariant, seen: CheckCount, after: CheckCount): string {
  if (seen.found === 0) return why
  if (isAdvice) return list(seen)
  if (harmless !== undefined) return `${seen.found} ${harmless}`
  if (after.found === 0) return `${why} Repaired: ${list(seen)}`
  return `${why} Not so: ${list(after)}`
}

const list = ({ found, some }: CheckCount) =>
  some.join(", ") + (found > some.length ? ` and ${found - some.length} more` : "")
