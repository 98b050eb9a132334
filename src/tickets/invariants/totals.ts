// A ticket's row repeats what its messages say, so that lists need not count. Notes are no part of the conversation.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"

const counted = `select t.id, t.message_count, t.first_message_at, t.last_message_at, t.unread_messages,
    m.messages, m.first_at, m.last_at, m.inbound
  from tickets t left join (
    select ticket_id, count(*) as messages, min(sent_at) as first_at, max(sent_at) as last_at,
      count(*) filter (where direction = 'in') as inbound
    from messages where not is_internal group by ticket_id) m on m.ticket_id = t.id`

const wrongTotals = `select c.* from (${counted}) c where c.message_count is distinct from coalesce(c.messages, 0)
  or (c.messages > 0 and (c.first_message_at is distinct from c.first_at or c.last_message_at is distinct from c.last_at))`

// Unread is what came in since we last answered or read, and what a reader had not on the screen yet. A merge adds up two stories, so there only the bound is known.
// The log is read whole, for to ask it for each ticket costs several times that.
const seen = `select distinct on (ticket_id) ticket_id, id, (data->>'unread')::int as unread from events
  where ticket_id is not null and (kind = 'ticket.read' or (kind = 'message.posted' and not data ? 'fixed')
    or (kind = 'message.received' and data->>'direction' = 'out')) order by ticket_id, id desc`
const came = `select e.ticket_id, count(*) as messages from events e left join seen on seen.ticket_id = e.ticket_id
  where e.kind = 'message.received' and e.data->>'direction' = 'in' and e.id > coalesce(seen.id, 0) group by e.ticket_id`
const counts = "coalesce(came.messages, 0) + coalesce(seen.unread, 0)"
const unread = `with seen as materialized (${seen}), came as (${came})
  select t.id, ${counts} as unread from tickets t
    left join seen on seen.ticket_id = t.id left join came on came.ticket_id = t.id
  where t.unread_messages is distinct from ${counts}
    and not exists (select from events g where g.ticket_id = t.id and g.kind like any ('{ticket.merge%,ticket.split%}'))`

const tooManyUnread = `select c.id from (${counted}) c where c.unread_messages > coalesce(c.inbound, 0)`

export const totalInvariants: Invariant[] = [
  {
    name: "message_totals",
    why: "A ticket's message count, first and last message are those of its messages.",
    remedy: "counts again.",
    find: `select id from (${wrongTotals}) w`,
    repair: countAgain,
  },
  {
    name: "unread_messages",
    why: "A ticket's unread count is what came in since it was last answered or read.",
    remedy: "counts again what came in since the last answer or reading.",
    find: `select id from (${unread}) u union select id from (${tooManyUnread}) m`,
    repair: countUnreadAgain,
  },
]

// Servers write between two batches.
const batch = 20_000

async function countAgain(act: Act): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update tickets t set message_count = coalesce(w.messages, 0), first_message_at = w.first_at,
      last_message_at = coalesce(w.last_at, t.created_at)
    from (select * from (${sql.raw(wrongTotals)}) w order by id limit ${batch}) w where w.id = t.id`.execute(act.tx)
  return Number(numAffectedRows) === batch
}

async function countUnreadAgain(act: Act): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update tickets t set unread_messages = u.unread from (${sql.raw(unread)} order by t.id limit ${batch}) u where u.id = t.id`.execute(
    act.tx,
  )
  if (Number(numAffectedRows) === batch) return true
  await sql`update tickets t set unread_messages = coalesce(c.inbound, 0) from (${sql.raw(counted)}) c
    where c.id = t.id and t.unread_messages > coalesce(c.inbound, 0)`.execute(act.tx)
  return false
}
