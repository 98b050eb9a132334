import { sql } from "kysely"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { runIn, type Statement, statement } from "#kernel/db.ts"
import type { Act } from "#kernel/act.ts"
import type { MessageConsequence } from "./lifecycle/unread-and-event-of-message.ts"

/** What one message does to the ticket that it lands on. `sentAt`: its own time. `answers`: its customer waits for us no more. */
export type MessageEffect = Pick<MessageConsequence, "unread" | "touches"> & {
  sentAt: Date
  answers: boolean
  campaignShipmentId?: string | null
}

/**
 * What several messages together do to a ticket. `isRead`: we wrote, and what was unread before is no longer; `unread`: what
 * came after that. `isAnswered`: what the customer waited for was said; `waitingFrom`: since when they wait for what they wrote
 * after that. `wakes`: from being snoozed. `touches`: it counts as a change.
 */
export type MessageTotals = {
  messages: number
  isRead: boolean
  unread: number
  isAnswered: boolean
  waitingFrom: Date | null
  wakes: boolean
  touches: boolean
  campaignShipmentId: string | null
  firstAt: Date
  lastAt: Date
}

/** What messages on one ticket do to it, one after the other. */
export function totalsOf(effects: readonly MessageEffect[]): MessageTotals {
  const times = effects.map(({ sentAt }) => sentAt.getTime())
  const words = effects.map(({ unread }) => unread)
  const waiting = effects
    .slice(effects.findLastIndex(({ answers }) => answers) + 1)
    .filter(({ unread }) => unread === "add")
  const shipments = effects.flatMap(({ touches, campaignShipmentId }) => (touches && campaignShipmentId) || [])
  return {
    messages: effects.length,
    isRead: words.includes("clear"),
    unread: words.slice(words.lastIndexOf("clear") + 1).filter((one) => one === "add").length,
    isAnswered: effects.some(({ answers }) => answers),
    waitingFrom: waiting.length > 0 ? new Date(Math.min(...waiting.map(({ sentAt }) => sentAt.getTime()))) : null,
    wakes: words.includes("add"),
    touches: effects.some(({ touches }) => touches),
    campaignShipmentId: shipments.at(-1) ?? null,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
  }
}

/**
 * The update of tickets by what was written on them, as part of a larger statement: `from` has rows `s` with an `id` and the
 * columns of `MessageTotals`. Times only move outwards, whatever order messages arrive in. The version stays: messages never raise it.
 */
export const updateTotalsSql = (now: string, from: string) => `update tickets t set
    unread_messages = case when s."isRead" then 0 else t.unread_messages end + s.unread,
    waiting_since = least(case when s."isAnswered" then null else t.waiting_since end, s."waitingFrom"),
    message_count = t.message_count + s.messages,
    last_message_at = case when t.message_count = 0 then s."lastAt" else greatest(t.last_message_at, s."lastAt") end,
    first_message_at = least(t.first_message_at, s."firstAt"),
    snoozed_until = case when s.wakes then null else t.snoozed_until end,
    updated_at = case when s.touches then greatest(t.updated_at, ${now}) else t.updated_at end,
    campaign_shipment_id = coalesce(s."campaignShipmentId", t.campaign_shipment_id)
  from ${from} where t.id = s.id`

const totalsRecord = `id text, messages int, "isRead" boolean, unread int, "isAnswered" boolean, "waitingFrom" timestamptz, wakes boolean, touches boolean,
  "campaignShipmentId" text, "firstAt" timestamptz, "lastAt" timestamptz`

/** Notes on tickets what was written on them. */
export function updateTotalsStatement(totals: readonly (MessageTotals & { id: string })[], now: Date): Statement {
  return statement(`update-totals-${countWord(totals)}`, (p) => {
    const from = `(select * from ${rowsSql(p, totals, totalsRecord)}) s`
    return updateTotalsSql(`${p(now)}::timestamptz`, from)
  })
}

/** A message was written on the ticket now. */
export async function applyMessageEffect(
  act: Act,
  ticketId: string,
  effect: Omit<MessageEffect, "sentAt">,
): Promise<void> {
  await runIn(act.tx, updateTotalsStatement([{ id: ticketId, ...totalsOf([{ ...effect, sentAt: act.now }]) }], act.now))
}
/** Counts anew after messages were moved: how many, and from when to when. Notes count for nothing. */
export async function recountMessages(act: Act, ticketIds: string[]): Promise<void> {
  await sql`
    update tickets t set message_count = s.n, first_message_at = s.first_at,
      last_message_at = coalesce(s.last_at, t.last_message_at)
    from (select i.id, count(m.id) as n, min(m.sent_at) as first_at, max(m.sent_at) as last_at
          from unnest(${ticketIds}::text[]) as i (id) left join messages m on m.ticket_id = i.id and not m.is_internal
          group by i.id) s
    where t.id = s.id`.execute(act.tx)
}

/** Marks the first answer once; true when this was it. */
export async function markFirstResponse(act: Act, ticketId: string): Promise<boolean> {
  const done = await act.tx
    .updateTable("tickets")
    .set({ firstResponseAt: act.now })
    .where("id", "=", ticketId)
    .where("firstResponseAt", "is", null)
    .returning("id")
    .execute()
  return done.length > 0
}

/** A note is work of ours: the ticket was changed, though its conversation was not. */
export async function applyStaffReply(act: Act, ticketId: string): Promise<void> {
  await act.tx.updateTable("tickets").set({ updatedAt: act.now }).where("id", "=", ticketId).execute()
}
