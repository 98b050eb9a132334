import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { readSetting } from "#settings/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { StoredAnswer, Survey } from "./api-contract.ts"

/**
 * Of these events, the ends that a customer may be asked about: as long as the ticket is what the event says, and it was not
 * decided before whether to ask about that life of it.
 */
export async function endsToAskAbout(tx: Act["tx"], eventIds: number[]): Promise<Set<number>> {
  const asksSupport = await readSetting({ tx }, "support.survey")
  const { rows } = await sql<{ id: number }>`
    select e.id from events e join tickets t on t.id = e.ticket_id left join connections n on n.id = t.connection_id
    where e.id = any(${eventIds}::bigint[])
      and not exists (select from surveys s where s.ticket_id = t.id and s.cycle = t.cycle)
      and not exists (select from events d where d.ticket_id = t.id and d.cause_id = e.id and d.kind = 'survey.skipped')
      and case t.kind
        when 'support' then ${asksSupport}::boolean and t.resolved_at = e.at
          and (e.kind = 'ticket.resolved' or t.closed_at = e.at)
        when 'conversation' then n.survey and e.kind = 'ticket.closed' and t.closed_at = e.at
        else false end`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

type NewSurvey = {
  id: string
  ticketId: string
  cycle: number
  tokenHash: string
  language: Language
  way: Survey["way"]
  endsAt: Date
}

export async function insertSurvey(act: Act, survey: NewSurvey): Promise<void> {
  await act.tx
    .insertInto("surveys")
    .values({ ...survey, sentAt: act.now })
    .execute()
}

type NewToken = Pick<NewSurvey, "ticketId" | "cycle" | "tokenHash"> & { sentAt: Date }

/** The survey of the ticket's cycle is answered by another link from now on; false when there is none. */
export async function renewToken({ tx }: Act, { ticketId, cycle, ...token }: NewToken): Promise<boolean> {
  const asked = tx.updateTable("surveys").set(token).where("ticketId", "=", ticketId).where("cycle", "=", cycle)
  return (await asked.executeTakeFirst()).numUpdatedRows > 0n
}

export async function campaignShipmentOf(act: Act, ticketId: string): Promise<string | null> {
  const row = await act.tx
    .selectFrom("tickets")
    .select("campaignShipmentId")
    .where("id", "=", ticketId)
    .executeTakeFirst()
  return row?.campaignShipmentId ?? null
}

export type LinkedSurvey = {
  id: string
  ticketId: string
  /** Where the story of that ticket goes on. */
  storyId: string
  number: string
  language: Language
  endsAt: Date
  score: number | null
}

/** Changes nothing: scanners of mails fetch links. */
export async function surveyOfLink(from: Kysely<DB>, tokenHash: string): Promise<LinkedSurvey | undefined> {
  return (await linked(from, tokenHash).executeTakeFirst()) as LinkedSurvey | undefined
}

/** Of two answers at once the second waits here, and finds the first. */
export async function lockSurveyOfLink(act: Act, tokenHash: string): Promise<LinkedSurvey | undefined> {
  return (await linked(act.tx, tokenHash).forUpdate("s").executeTakeFirst()) as LinkedSurvey | undefined
}

/** The newest question about this ticket, as long as it is open. */
export async function openSurveyOfTicket(from: Kysely<DB>, ticketId: string, now: Date) {
  return (await openOf(from, ticketId, now).executeTakeFirst()) as LinkedSurvey | undefined
}

export async function lockOpenSurveyOfTicket(act: Act, ticketId: string): Promise<LinkedSurvey | undefined> {
  return (await openOf(act.tx, ticketId, act.now).forUpdate("s").executeTakeFirst()) as LinkedSurvey | undefined
}

const openOf = (from: Kysely<DB>, ticketId: string, now: Date) =>
  withTicket(from)
    .where("s.ticketId", "=", ticketId)
    .whereRef("s.cycle", "=", "t.cycle")
    .where("s.score", "is", null)
    .where("s.endsAt", ">", now)

const linked = (from: Kysely<DB>, tokenHash: string) => withTicket(from).where("s.tokenHash", "=", tokenHash)

const withTicket = (from: Kysely<DB>) =>
  from
    .selectFrom("surveys as s")
    .innerJoin("tickets as t", "t.id", "s.ticketId")
    .select(["s.id", "s.ticketId", "t.number", "s.language", "s.endsAt", "s.score"])
    .select((e) => e.fn.coalesce("t.mergedInto", "t.id").as("storyId"))

export async function saveAnswer(act: Act, id: string, answer: StoredAnswer): Promise<void> {
  await act.tx
    .updateTable("surveys")
    .set({ ...answer, answeredAt: act.now })
    .where("id", "=", id)
    .execute()
}

/** Of the ticket and of what was merged into it, oldest first. */
export async function surveysOf(from: Kysely<DB>, ticketId: string): Promise<Survey[]> {
  const { rows } = await sql<Survey>`
    select s.id, s.cycle, s.way, s.sent_at, s.ends_at, s.score, s.comment, s.answered_at
    from tickets t join surveys s on s.ticket_id = t.id
    where t.id = ${ticketId} or t.merged_into = ${ticketId} order by s.sent_at, s.id`.execute(from)
  return rows
}
