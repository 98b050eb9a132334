// Who said what of a problem, and what Hilo did: rows that are added and never changed, save by which agreement they belong to.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import type { AgreementRow } from "./agreement-store.ts"

/** `hook`: it came by a hook. `poll`: it was asked in a batch, `verification` alone. `rule`: Hilo by itself. `hand`: somebody. */
export type EvidenceSource = "hook" | "poll" | "verification" | "rule" | "hand"

export type NewEvidence = {
  agreement: Pick<AgreementRow, "id" | "ticketId"> | null
  /** Null: Hilo itself. */
  systemId?: string | null
  said: string
  source: EvidenceSource
  at: Date
  /** By the system's own clock. */
  saidAt?: Date | null
  number?: string | null
  company?: string | null
  /** For which cycle a closure counts. */
  cycle?: number | null
  hookId?: number | null
  data?: Record<string, unknown>
}

export async function insertEvidence(act: Act, { agreement, data = {}, ...evidence }: NewEvidence): Promise<void> {
  const row = { ...evidence, agreementId: agreement?.id ?? null, data: JSON.stringify(data) }
  await act.tx.insertInto("agreementEvidence").values(row).execute()
  // Most tickets are open when they are asked about first; where that changes anything, what follows from it says so.
  if (agreement === null || evidence.said === "open") return
  const about = { ticketId: agreement.ticketId, subjectId: agreement.id }
  await record(act, "agreement.evidence_added", { ...about, data: { said: evidence.said } })
}

/** By the record system's own clock, and when that came. */
type OpeningTimes = { openedAt: Date | null; receivedAt: Date }

/** The first that the record system said of it. */
export async function openingOf(act: Act, agreementId: string): Promise<OpeningTimes | undefined> {
  return act.tx
    .selectFrom("agreementEvidence")
    .select(["saidAt as openedAt", "at as receivedAt"])
    .where("agreementId", "=", agreementId)
    .where("said", "=", "opened")
    .where("source", "=", "hook")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst()
}

type EarlyClosure = OpeningTimes & {
  systemId: string
  number: string
  company: string
  /** Closures that name no business count too. */
  isAlone: boolean
}

/**
 * Gives the agreement the newest closure that came before its opening and belongs to it: it was not closed there before it was opened
 * there, or, with no time of its own, it came within the hour before it. What was said of another agreement stays that one's, save a
 * closure by its own time of what was opened there again since. When that came; null when there is none.
 */
export async function assignEarlyClosure(
  act: Act,
  { id, cycle }: Pick<AgreementRow, "id" | "cycle">,
  { systemId, number, company, openedAt, receivedAt, isAlone }: EarlyClosure,
): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    update agreement_evidence set agreement_id = ${id}, cycle = ${cycle} where id = (
      select id from agreement_evidence where system_id = ${systemId} and number = ${number} and said = 'closed' and cycle is null
        and (agreement_id is null or agreement_id = ${id}
          or (said_at >= ${openedAt}::timestamptz and ${openedAt}::timestamptz > all (
            select o.said_at from agreement_evidence o
            where o.agreement_id = agreement_evidence.agreement_id and o.said = 'opened' and o.source = 'hook')))
        and (company = ${company} or (company is null and ${isAlone}))
        and (said_at >= ${openedAt}::timestamptz
          or ((said_at is null or ${openedAt}::timestamptz is null) and at >= ${receivedAt}::timestamptz - interval '1 hour'))
      order by at desc, id desc limit 1)
    returning at`.execute(act.tx)
  return rows[0]?.at ?? null
}

/** Was that said of the agreement because of this event before? */
export async function isSaidOfEvent(act: Act, agreementId: string, eventId: number): Promise<boolean> {
  const row = await act.tx
    .selectFrom("agreementEvidence")
    .select("id")
    .where("agreementId", "=", agreementId)
    .where(sql<string>`data ->> 'eventId'`, "=", String(eventId))
    .executeTakeFirst()
  return row !== undefined
}

/** What stands last of it. */
export async function lastSaidOf(act: Act, agreementId: string): Promise<string | null> {
  const row = await act.tx
    .selectFrom("agreementEvidence")
    .select("said")
    .where("agreementId", "=", agreementId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  return row?.said ?? null
}
