import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
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

/** How many that are not closed name a linked system, as the one or the other. */
export async function countOpenOfSystem(from: From, systemId: string): Promise<number> {
  const { open } = await from
    .selectFrom("agreements")
    .select(({ fn }) => fn.countAll<number>().as("open"))
    .where("closedAt", "is", null)
    .where((either) => either.or([either("workSystemId", "=", systemId), either("recordSystemId", "=", systemId)]))
    .executeTakeFirstOrThrow()
  return open
}

/** SQL of the window in minutes. A value that may not be set counts as not set, here as when it is read. */
export const windowSql = `coalesce((select case when v between 0 and 10080 and v = trunc(v) then v end
    from (select (value #>> '{}')::numeric as v from settings
      where name = 'TICKET_REOPEN_WINDOW_MINUTES' and jsonb_typeof(value) = 'number') stored), 7)`
