// Asks every module whether its promises hold, and lets those that can put right what does not.
import { sql } from "kysely"
import { setTimeout as wait } from "node:timers/promises"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { isContention } from "#kernel/errors.ts"
import type { CheckContext, Invariant } from "#kernel/invariant.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { allInvariants } from "./all-invariants.ts"

export type CheckResult = { name: string; ok: boolean; found: number; detail: string; repaired?: number }
export type Examination = { healthy: boolean; checks: CheckResult[] }

/** Some as examples; or, where `isSummary`, all of them in words. `scope`: how much of all there is was looked at. */
type CheckCount = { found: number; some: string[]; isSummary?: boolean; scope?: string | undefined }

/** `announce` receives what a repair is about to do. */
type Wish = { repair?: boolean; checks?: Invariant[]; now?: Date; announce?: (line: string) => void }

const shown = 5
const triesForLock = 5
// What is not done by then is not getting less.
const mostTransactions = 1_000

/** Throws when there is nobody to look at, and when another doctor repairs this database right now. */
export async function examine(look: CheckContext, wish: Wish = {}): Promise<Examination> {
  const at = wish.now ?? (await databaseNow(look.db))
  return wish.repair ? aloneIn(look.db, () => examineAt(at, look, wish)) : examineAt(at, look, wish)
}

const repairLock = 4_410_190

/** Two that build the same index, or number the same tickets, would undo each other's work. */
async function aloneIn<T>({ pool }: CheckContext["db"], work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [repairLock])
    if (!rows[0]!.held) throw new Error("another doctor repairs this database right now. Wait for its end.")
    return await work()
  } finally {
    // Before the connection is given back: the end of a session is not awaited. One that is lost has no lock.
    await client.query("select pg_advisory_unlock($1)", [repairLock]).catch(() => {})
    client.release()
  }
}

async function examineAt(
  at: Date,
  look: CheckContext,
  { repair = false, checks = allInvariants, announce = () => {} }: Wish,
): Promise<Examination> {
  const results: CheckResult[] = []
  const visit: Visit = { look: { ...look }, repair, at, announce, unlogged: [] }
  for (const check of checks) results.push(await examineOne(visit, check))
  if (repair) {
    await examineAgain(visit, checks, results)
    await describeUnlogged(visit, results)
  }
  return { healthy: results.every(({ ok }) => ok), checks: results }
}

/** What one repair needs another may have made since. */
async function examineAgain(visit: Visit, checks: Invariant[], results: CheckResult[]): Promise<void> {
  for (const [index, first] of results.entries()) {
    if (first.ok) continue
    const again = await examineOne(visit, checks[index]!)
    const found = Math.max(first.found, again.found)
    const left = again.found - (again.repaired ?? 0)
    results[index] = first.repaired === undefined ? again : { ...again, found, repaired: found - left }
  }
}

const notSeen = "could not look: "

const isHarmless = ({ harmless, isAdvice }: Invariant) => harmless !== undefined || isAdvice === true
const isRepairable = (check: Invariant) =>
  (check.repair ?? check.repairOutsideTransaction) !== undefined && !isHarmless(check)

/**
 * `look` is another one after each repair: what checks remember of what they saw is over. `unlogged`: repairs of which the audit log
 * has nothing yet.
 */
type Visit = {
  look: CheckContext
  repair: boolean
  at: Date
  announce: (line: string) => void
  unlogged: CheckResult[]
}

async function examineOne(visit: Visit, check: Invariant): Promise<CheckResult> {
  try {
    const result = await findAndRepair(visit, check)
    if ((result.repaired ?? 0) > 0) {
      visit.unlogged.push(result)
      await logRepairs(visit)
    }
    return result
  } catch (error) {
    return { name: check.name, ok: false, found: 0, detail: `${notSeen}${(error as Error).message}` }
  }
}

async function findAndRepair(visit: Visit, check: Invariant): Promise<CheckResult> {
  const seen = await find(visit.look, check)
  const resultOf = (after: CheckCount, more: object = {}) => {
    const ok = after.found === 0 || isHarmless(check)
    return { name: check.name, ok, found: seen.found, detail: detailOf(check, seen, after), ...more }
  }
  if (!visit.repair || seen.found === 0 || !isRepairable(check)) return resultOf(seen)
  visit.announce(`${check.name}: ${seen.found} found. The repair ${check.remedy}`)
  const failure = await repaired(visit.look, check, visit.at)
  visit.look = { ...visit.look }
  const after = await find(visit.look, check)
  const done = resultOf(after, { repaired: seen.found - after.found })
  return failure === null ? done : { ...done, detail: `${done.detail} – not repaired: ${failure}` }
}

async function find(look: CheckContext, check: Invariant): Promise<CheckCount> {
  const seen = await findOffenders(look, check)
  if (seen.found === 0 || check.summary === undefined) return seen
  const { rows } = await look.db.pool.query({ text: check.summary, rowMode: "array" })
  return { found: seen.found, some: rows.map(([line]) => String(line)), isSummary: true }
}

async function findOffenders(look: CheckContext, check: Invariant): Promise<CheckCount> {
  if (typeof check.find !== "string") {
    const all = await check.find(look)
    return { found: all.length, some: all.slice(0, shown), scope: all.scope }
  }
  const { rows } = await sql<CheckCount>`with offenders (what) as materialized (${sql.raw(check.find)})
    select (select count(*) from offenders) as found, array(select what from offenders limit ${shown}) as some`.execute(
    look.db.kysely,
  )
  return rows[0]!
}

/** Null, or why it could not be done: another repair may have to come first, or a person. */
async function repaired({ db }: CheckContext, check: Invariant, now: Date): Promise<string | null> {
  try {
    await check.repairOutsideTransaction?.(db)
    for (let n = 0; check.repair && n < mostTransactions; n++)
      if ((await inOneTransaction(db, check.repair, now)) !== true) break
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** What a server holds for a moment is tried again. */
async function inOneTransaction(db: CheckContext["db"], repair: NonNullable<Invariant["repair"]>, now: Date) {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(db, { actor: system, now }, repair)
    } catch (error) {
      if (!isContention(error) || tries === triesForLock) throw error
      await wait(200)
    }
  }
}

/**
 * At once, for somebody may stop the doctor. What the log cannot take goes with what is repaired next: what the log itself lacks may be
 * repaired by then. Null, or why it could not.
 */
async function logRepairs(visit: Visit): Promise<string | null> {
  try {
    await inTransaction(visit.look.db, { actor: system, now: visit.at }, async (act) => {
      for (const result of visit.unlogged) await logRepair(act, result)
    })
    visit.unlogged = []
    return null
  } catch (error) {
    return (error as Error).message
  }
}

async function describeUnlogged(visit: Visit, results: CheckResult[]): Promise<void> {
  const failure = visit.unlogged.length === 0 ? null : await logRepairs(visit)
  if (failure === null) return
  const names = new Set(visit.unlogged.map(({ name }) => name))
  for (const result of results)
    if (names.has(result.name)) result.detail += ` – the audit log has nothing of it: ${failure}`
}

function logRepair(act: Act, { name, found, repaired = 0 }: CheckResult): Promise<void> {
  const left = found - repaired
  return recordAdminAct(act, "doctor.repaired", {
    subjectId: name,
    name,
    before: { found },
    after: { found: left },
    fields: ["found"],
    data: { check: name, found, left },
  })
}

function detailOf(check: Invariant, seen: CheckCount, after: CheckCount): string {
  const { harmless, isAdvice } = check
  const why = seen.scope === undefined ? check.why : `${check.why} (${seen.scope})`
  if (seen.found === 0) return why
  if (isAdvice) return list(seen)
  if (harmless !== undefined) return `${seen.found} ${harmless}${new Set(seen.some).size > 1 ? ` (${list(seen)})` : ""}`
  if (after.found === 0) return `${why} Repaired: ${list(seen)}`
  return `${why} Not so: ${list(after)}. ${adviceOf(check)}`
}

const adviceOf = (check: Invariant) =>
  isRepairable(check) ? `doctor --repair ${check.remedy}` : (check.remedy ?? "Somebody has to look at it.")

const list = ({ found, some, isSummary }: CheckCount) =>
  some.join(", ") + (found > some.length && !isSummary ? ` and ${found - some.length} more` : "")
