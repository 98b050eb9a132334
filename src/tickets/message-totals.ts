import { sql } from "kysely"
import { runIn, type Param, statement } from "#kernel/db.ts"
import type { Act } from "#kernel/act.ts"
import type { MessageConsequence } from "./lifecycle/unread-and-event-of-message.ts"

/** How one message changes the ticket it lands on. The version stays: messages never raise it. */
export type MessageEffect = {
  /** The message's own time. */
  sentAt: Date
  unread: MessageConsequence["unread"]
  /** The new `updatedAt`; null leaves it (late messages, acknowledgements). */
  updatedAt: Date | null
  campaignShipmentId?: string | null
}

const unreadAfter = { add: "t.unread_messages + 1", clear: "0", keep: "t.unread_messages" }

/** The SET list of an update of `tickets t`. Times only move outwards, whatever order messages arrive in. */
export function messageEffectSql(p: Param, touch: MessageEffect): string {
  const sentAt = `${p(touch.sentAt)}::timestamptz`
  return `unread_messages = ${unreadAfter[touch.unread]},
    last_message_at = case when t.message_count = 0 then ${sentAt} else greatest(t.last_message_at, ${sentAt}) end,
    first_message_at = least(t.first_message_at, ${sentAt}),
    message_count = t.message_count + 1,
    snoozed_until = ${touch.unread === "add" ? "null" : "t.snoozed_until"},
    updated_at = ${touch.updatedAt ? `greatest(t.updated_at, ${p(touch.updatedAt)}::timestamptz)` : "t.updated_at"},
    campaign_shipment_id = coalesce(${p(touch.campaignShipmentId ?? null)}::text, t.campaign_shipment_id)`
}

export async function applyMessageEffect(act: Act, ticketId: string, how: MessageEffect): Promise<void> {
  await runIn(
    act.tx,
    statement("", (p) => `update tickets t set ${messageEffectSql(p, how)} where t.id = ${p(ticketId)}`),
  )
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
