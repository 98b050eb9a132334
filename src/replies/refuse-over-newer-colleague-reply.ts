import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { takenBackOrForwardedSql } from "#messages/index.ts"
import type { Principal } from "#people/index.ts"
import type { TicketRow } from "#tickets/index.ts"

type Newer = { known: boolean; id: string | null; at: Date | null; userId: string | null; name: string | null }

/**
 * Refuses (409 `newer_reply`, naming them) a reply by somebody who has not seen what a colleague answered meanwhile. The
 * ticket is locked, so nothing comes between the look and the reply.
 */
export async function refuseUnseenReply(
  act: Act,
  who: Principal,
  ticket: Pick<TicketRow, "id">,
  lastSeenId: string,
): Promise<void> {
  const { rows } = await sql<Newer>`
    select s.id is not null as known, n.id, n.sent_at as at, n.sender_id as user_id, u.name
    from (select 1) one left join messages s on s.id = ${lastSeenId} and s.ticket_id = ${ticket.id}
      left join lateral (
        select m.id, m.sent_at, m.sender_id from messages m where m.ticket_id = ${ticket.id} and m.sender_kind = 'user'
          and m.sender_id <> ${who.id} and m.direction = 'out' and not m.is_internal and m.position > s.position
          and not ${sql.raw(takenBackOrForwardedSql("m"))}
        order by m.position desc limit 1) n on true
      left join users u on u.id = n.sender_id`.execute(act.tx)
  const newer = rows[0]!
  if (!newer.known) throw invalidField("lastSeenMessageId", "is not a message of this ticket")
  if (newer.id === null) return
  const { id: messageId, at, userId, name } = newer
  throw new Refusal("conflict", "newer_reply", `${name ?? "Somebody"} replied meanwhile`, {
    more: { messageId, at, by: { id: userId, name } },
  })
}
