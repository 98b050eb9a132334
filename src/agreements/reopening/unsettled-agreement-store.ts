// Which agreements wait for something: those that are due, and of those that are not settled the ones for which something can be done.
import { type Database, type Param, statement } from "#kernel/db.ts"
import type { Kit } from "#kernel/kit.ts"
import { windowSql } from "../agreement-store.ts"

const unsettled = "closed_at is null and (work_closed_at is not null or wanted_at is not null or intent_at is not null)"

/** How many are not settled: a window runs or is over, something is wanted or on its way. */
export async function countUnsettled(db: Database): Promise<number> {
  const [row] = await db.run<{ n: number }>({
    name: "unsettled-agreements",
    text: `select count(*)::int as n from agreements where ${unsettled}`,
    values: [],
  })
  return row!.n
}

/** Of those the next after this id for which something may be done now; nothing is done again of what was only to be reported. */
export async function agreementsToSettle(
  kit: Pick<Kit, "db" | "now">,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await kit.db.run<{ id: string }>(
    statement(
      "agreements-to-settle",
      (p) => `select id from agreements where ${unsettled} and id > ${p(after)}
        and (wanted_at is not null or intent_at is not null or ${isOverSql(p, kit.now())})
        and not (${isRefusedSql}) and not (${isKeptInShadowSql} and ${shadowSql})
        order by id limit ${p(limit)}`,
    ),
  )
  return rows.map(({ id }) => id)
}

/** Takes some of those that are due for the first time; nobody else does, and should this server die the checker will. */
export async function claimDueAgreements(kit: Pick<Kit, "db" | "now">, limit: number): Promise<string[]> {
  const now = kit.now()
  const rows = await kit.db.run<{ id: string }>(
    statement(
      "agreements-due",
      (p) => `update agreements set tried_at = ${p(now)}::timestamptz where id in (
      select id from agreements where tried_at is null and (wanted_at is not null or ${isOverSql(p, now)})
      order by id limit ${p(limit)} for update skip locked)
      returning id`,
    ),
  )
  return rows.map(({ id }) => id)
}

const isOverSql = (p: Param, now: Date) =>
  `work_closed_at <= ${p(now)}::timestamptz - make_interval(mins => (${windowSql})::int)`

const shadowSql = `exists (select from settings where name = 'agreements.shadow' and value = 'true')`

const isRefusedSql = "state = 'disagreed' and refused_at is not null and wanted_at is null and intent_at is null"

// Until it is off: what was reported, and what would be opened. After a request whose end is not known it is asked all the same, and
// what was closed meanwhile is closed.
const isKeptInShadowSql = `record_closed_at is null
          and (work_number is null and intent_at is null or work_number is not null and state = 'disagreed' and wanted_at is null)`

/** When the next window ends, or something wanted waits for its first try. */
export const agreementsDueSql = `select least(
    (select min(work_closed_at) from agreements where work_closed_at is not null and tried_at is null)
      + make_interval(mins => (${windowSql})::int),
    (select min(wanted_at) from agreements where wanted_at is not null and tried_at is null))`
