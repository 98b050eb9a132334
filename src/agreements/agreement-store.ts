import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { type Database, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { lockTicket, type TicketRow } from "#tickets/index.ts"
import type { AgreementState } from "./api-contract.ts"

export type AgreementRow = {
  id: string
  ticketId: string
  workSystemId: string
  workNumber: string | null
  recordSystemId: string | null
  recordNumber: string | null
  company: string
  customerNumber: string
  motive: string
  operatorNumber: string | null
  state: AgreementState
  cycle: number
  closuresFrom: Date
  recordClosedAt: Date | null
  workStatus: "open" | "closed" | null
  workAskedAt: Date | null
  workClosedAt: Date | null
  recreado: number
  wantedAt: Date | null
  triedAt: Date | null
  intentAt: Date | null
  intentUntil: Date | null
  refusedAt: Date | null
  closedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

type From = Kysely<DB>

/** With its ticket, both as they are now and until the transaction ends. */
export type LockedAgreement = { row: AgreementRow; ticket: TicketRow }

/** Refuses (404) one that is not there. */
export async function lockAgreement(act: Act, id: string): Promise<LockedAgreement> {
  const found = await agreementById(act.tx, id)
  if (!found) throw notFound("agreement")
  // The lock on the ticket is the agreement's too: nothing changes either without it.
  const ticket = await lockTicket(act, found.ticketId)
  return { row: (await agreementById(act.tx, id))!, ticket }
}

export async function agreementById(from: From, id: string): Promise<AgreementRow | undefined> {
  return from.selectFrom("agreements").selectAll().where("id", "=", id).executeTakeFirst()
}

export async function agreementOfTicket(from: From, ticketId: string): Promise<AgreementRow | undefined> {
  return from.selectFrom("agreements").selectAll().where("ticketId", "=", ticketId).executeTakeFirst()
}

export async function insertAgreement(act: Act, row: Omit<AgreementRow, "createdAt" | "updatedAt">): Promise<void> {
  await act.tx
    .insertInto("agreements")
    .values({ ...row, createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveAgreement(
  act: Act,
  { row, ticket }: LockedAgreement,
  fields: Partial<AgreementRow>,
): Promise<LockedAgreement> {
  const set = { ...fields, updatedAt: act.now }
  await act.tx.updateTable("agreements").set(set).where("id", "=", row.id).execute()
  return { row: { ...row, ...set }, ticket }
}

type RecordNumber = { systemId: string; number: string }

/** Whose number of a record system that is, those that are over too, the newest first. */
export async function agreementsOfRecord(
  act: Act,
  { systemId, number }: RecordNumber,
): Promise<Pick<AgreementRow, "id" | "company" | "closedAt">[]> {
  return act.tx
    .selectFrom("agreements")
    .select(["id", "company", "closedAt"])
    .where("recordNumber", "=", number)
    .where("recordSystemId", "=", systemId)
    .orderBy("id", "desc")
    .execute()
}

export type SyncedAgreement = Pick<
  AgreementRow,
  "id" | "workStatus" | "workClosedAt" | "operatorNumber" | "intentAt" | "wantedAt"
> & { workNumber: string }

/** The next open ones of a work system after this id, or those with these numbers. */
export async function agreementsToSync(
  from: From,
  workSystemId: string,
  which: { after: string; limit: number } | { numbers: readonly string[] },
): Promise<SyncedAgreement[]> {
  const query = from
    .selectFrom("agreements")
    .select(["id", "workNumber", "workStatus", "workClosedAt", "operatorNumber", "intentAt", "wantedAt"])
    .where("workSystemId", "=", workSystemId)
    .where("closedAt", "is", null)
    .where("workNumber", "is not", null)
  const rows = await (
    "numbers" in which
      ? query.where("workNumber", "in", which.numbers).orderBy("id")
      : query.where("id", ">", which.after).orderBy("id").limit(which.limit)
  ).execute()
  return rows as SyncedAgreement[]
}

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
        and (wanted_at is not null or intent_at is not null
          or work_closed_at <= ${p(kit.now())}::timestamptz - make_interval(mins => (${windowSql})::int)
            and not (state = 'disagreed' and (refused_at is not null or ${shadowSql})))
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
      select id from agreements where tried_at is null and (wanted_at is not null or (work_closed_at is not null
        and work_closed_at <= ${p(now)}::timestamptz - make_interval(mins => (${windowSql})::int)))
      order by id limit ${p(limit)} for update skip locked)
      returning id`,
    ),
  )
  return rows.map(({ id }) => id)
}

const shadowSql = `exists (select from settings where name = 'agreements.shadow' and value = 'true')`

/** SQL of the window in minutes. A value that may not be set counts as not set, here as when it is read. */
export const windowSql = `coalesce((select case when v between 0 and 10080 and v = trunc(v) then v end
    from (select (value #>> '{}')::numeric as v from settings
      where name = 'TICKET_REOPEN_WINDOW_MINUTES' and jsonb_typeof(value) = 'number') stored), 7)`

/** When the next window ends, or something wanted waits for its first try. */
export const agreementsDueSql = `select least(
    (select min(work_closed_at) from agreements where work_closed_at is not null and tried_at is null)
      + make_interval(mins => (${windowSql})::int),
    (select min(wanted_at) from agreements where wanted_at is not null and tried_at is null))`
