// Tickets that may have to do with one another: people decide, and nothing is joined by itself.
import type { Act } from "#kernel/act.ts"
import { type Database, runIn, statement } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import { scopeCondition } from "../visible-tickets-conditions.ts"
import type { SuggestedLink, SuggestionReason } from "./api-contract.ts"

const mostShown = 20
// Of a long ticket the first mails say with what it began.
const mailsCompared = 50

/** One that is suggested already, or was turned down, stays as it is. */
export async function suggestLinks(
  act: Act,
  ticketId: string,
  suggestions: readonly { ticketId: string; because: SuggestionReason }[],
): Promise<void> {
  const others = new Map(suggestions.map(({ ticketId: otherId, because }) => [otherId, because]))
  others.delete(ticketId)
  if (others.size === 0) return
  const rows = [...others].map(([otherId, because]) => ({ ticketId, otherId, because, createdAt: act.now }))
  await act.tx
    .insertInto("suggestedLinks")
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute()
}

/**
 * Those that this reader may see, which are not linked and not turned down. Two mailboxes that got the same mail know nothing of each
 * other while they take it in, so that this is looked up here.
 */
export async function suggestedLinksOf(
  from: Database["kysely"],
  who: Principal,
  ticketId: string,
): Promise<SuggestedLink[]> {
  return runIn<SuggestedLink>(
    from,
    statement("", (p) => {
      const id = p(ticketId)
      return `with suggested as (
          select other_id, because from suggested_links where ticket_id = ${id} and dismissed_at is null
          union all select distinct other.ticket_id, 'same_mail' from (select m.connection_id, m.external_id
              from messages m join message_mails w on w.message_id = m.id
              where m.ticket_id = ${id} and m.direction = 'in' order by m.position limit ${mailsCompared}) own
            join connections c on c.id = own.connection_id join connections d on d.kind = c.kind and d.id <> c.id
            join messages other on other.connection_id = d.id and other.external_id = own.external_id
            where other.ticket_id <> ${id}
              and not exists (select from suggested_links s where s.ticket_id = ${id} and s.other_id = other.ticket_id))
        select t.id as "ticketId", t.number, t.subject, t.status, s.because
        from suggested s join tickets t on t.id = s.other_id
        where ${scopeCondition(p, who)} and not exists (select from ticket_links l
          where (l.from_id = ${id} and l.to_id = t.id) or (l.from_id = t.id and l.to_id = ${id}))
        order by t.created_at desc, t.id limit ${mostShown}`
    }),
  )
}

/** Turned down, it is not suggested again. */
export async function dismissSuggestion(act: Act, ticketId: string, otherId: string): Promise<void> {
  await act.tx
    .insertInto("suggestedLinks")
    .values({ ticketId, otherId, because: "same_mail", createdAt: act.now, dismissedAt: act.now })
    .onConflict((c) => c.columns(["ticketId", "otherId"]).doUpdateSet({ dismissedAt: act.now }))
    .execute()
}
