// What a row of a list shows of the ticket's messages, for the list and for what travels with an event.
import { undeliveredSql } from "#messages/index.ts"

export const previewColumns = `left(l.content, 200) as "previewText", l.direction as "previewDirection",
  (select count(*)::int from messages m where m.ticket_id = t.id and ${undeliveredSql("m")}) as undelivered`

/** `readable`: SQL of whether the reader may read a message `m`. */
export const previewJoin = (readable: string) => `left join lateral (
  select m.content, m.direction from messages m where m.ticket_id = t.id and not m.is_internal
    and m.sender_kind in ('contact', 'user') and ${readable} order by m.position desc limit 1) l on true`
