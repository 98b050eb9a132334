// How mailboxes are: what was read and sent, what waits, what fails since when. For their page, /metrics and doctor.
import type { Pool } from "pg"

export type MailboxStatus = {
  id: string
  name: string
  isOn: boolean
  lastCheckAt: Date | null
  lastMailAt: Date | null
  /** Mails that were fetched and are not received yet. */
  waiting: number
  oldestWaitingAt: Date | null
  /** Mails that people have to look at. */
  quarantined: number
  failure: string | null
  failingSince: Date | null
  nextTryAt: Date | null
  lastSentAt: Date | null
  queued: number
  breaker: { since: string; reason: string } | null
}

/** More have no place on a page of figures. */
export const mostMailboxes = 100

/** Of the mailbox of that id, or of the first 100. */
export async function mailboxStatuses(db: Pick<Pool, "query">, id: string | null = null): Promise<MailboxStatus[]> {
  const { rows } = await db.query<MailboxStatus>(
    // What is stored is read once for all of them: it has no index by connection, for it is little unless much has come just now.
    `with stored as materialized (select d.connection_id, count(*)::int as count, min(d.received_at) as oldest from webhook_deliveries d
        where d.state = 'stored' group by 1)
      select c.id, c.name, c.enabled as "isOn", m.checked_at as "lastCheckAt", m.failure, m.failing_since as "failingSince",
        nullif(m.next_try_at, '-infinity') as "nextTryAt", nullif(c.health -> 'breaker', 'null') as breaker,
        (select max(d.received_at) from webhook_deliveries d where d.connection_id = c.id and d.file_sha256 is not null) as "lastMailAt",
        coalesce(stored.count, 0) + held.count as waiting, least(stored.oldest, held.oldest) as "oldestWaitingAt",
        (select count(*)::int from failed_deliveries f where f.connection_id = c.id and f.replayed_at is null) as quarantined,
        (select max(s.claimed_at) from sends s where s.connection_id = c.id and s.state = 'sent') as "lastSentAt",
        (select count(*)::int from sends s where s.connection_id = c.id and s.state in ('queued', 'sending')) as queued
      from connections c left join mailboxes m on m.connection_id = c.id
        left join stored on stored.connection_id = c.id
        cross join lateral (select count(*)::int as count, min(d.received_at) as oldest from webhook_deliveries d
          where d.state = 'held' and coalesce(d.held_for, d.connection_id) = c.id) held
      where c.kind = 'email' and c.deleted_at is null and ($1::text is null or c.id = $1)
      order by c.id limit ${mostMailboxes}`,
    [id],
  )
  return rows
}

type Trouble = { code: string; since: Date; side: "imap" | "smtp" }

/** What keeps it from receiving, else from sending; null when all is well. */
export function troubleOf({ failure, failingSince, breaker }: MailboxStatus): Trouble | null {
  if (failure !== null && failingSince !== null) return { code: failure, since: failingSince, side: "imap" }
  return breaker && { code: breaker.reason, since: new Date(breaker.since), side: "smtp" }
}
