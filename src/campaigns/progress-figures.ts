import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import type { Progress } from "./api-contract.ts"

type StateCount = { state: string; delivery: string | null; reason: string | null; n: number; replied: number }

/** How far a campaign is. An answer counts for a week after the shipment, on whichever ticket of the person it landed. */
export async function progressOf(from: Database["kysely"], campaignId: string): Promise<Progress> {
  const { rows } = await sql<StateCount>`
    select s.state, m.delivery_state as delivery, coalesce(s.reason, m.delivery_reason) as reason, count(*) as n,
      count(*) filter (where exists (
        select from tickets o join messages r on r.ticket_id = o.id
        where o.contact_id = t.contact_id and r.connection_id = m.connection_id and r.direction = 'in' and r.kind = 'message'
          and r.sent_at >= s.queued_at and r.sent_at < s.queued_at + interval '7 days')) as replied
    from campaign_shipments s left join messages m on m.id = s.message_id left join tickets t on t.id = s.ticket_id
    where s.campaign_id = ${campaignId} group by 1, 2, 3`.execute(from)
  const sum = (which: (row: StateCount) => boolean) => rows.filter(which).reduce((total, row) => total + row.n, 0)
  const delivered = (state: string) => sum((row) => row.state === "queued" && row.delivery === state)
  const isCancelled = (row: StateCount) => row.state === "cancelled" || row.reason === "cancelled"
  const failed = rows.filter((row) => (row.state === "refused" || row.delivery === "failed") && !isCancelled(row))
  return {
    total: sum(() => true),
    waiting: sum((row) => row.state === "waiting"),
    queued: delivered("queued"),
    sent: delivered("sent"),
    delivered: delivered("delivered"),
    read: delivered("read"),
    unknown: delivered("unknown"),
    cancelled: sum(isCancelled),
    failed: failed.reduce<Record<string, number>>((all, { reason, n }) => {
      const name = reason ?? "refused"
      return { ...all, [name]: (all[name] ?? 0) + n }
    }, {}),
    replied: rows.reduce((total, row) => total + row.replied, 0),
  }
}
