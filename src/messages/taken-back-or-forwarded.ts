/**
 * SQL that is true of a message `m` of ours with which the customer was answered nothing: taken back before it left, or forwarded to
 * somebody else.
 */
export const takenBackOrForwardedSql = (m: string) => `(${m}.delivery_reason is not distinct from 'cancelled'
  or exists (select from events forwarded where forwarded.ticket_id = coalesce(${m}.origin_ticket_id, ${m}.ticket_id)
    and forwarded.subject_id = ${m}.id and forwarded.kind = 'message.forwarded'))`
