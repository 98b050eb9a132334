/** SQL: of each there is one at least in a desk that the demo has filled. */
export const rowsOfDemoMailbox = [
  "(select from mail_participants group by thread_id having count(*) > 1) of_several",
  "message_mails where writer_role = 'stranger'",
  "message_mails where automatic = 'auto_reply'",
  "message_mails where automatic = 'list'",
  "message_mails where html like '%<table%'",
  "messages m join connections c on c.id = m.connection_id where c.kind = 'email' and m.delivery_state = 'failed'",
  "tickets t join connections c on c.id = t.connection_id where c.kind = 'email' and t.reopen_count > 0",
  "(select from tickets t join connections c on c.id = t.connection_id where c.kind = 'email' having max(t.created_at) - min(t.created_at) > interval '80 days') of_three_months",
  "failed_deliveries where summary ->> 'subject' = 'Reclamo por garantía' and cause = 'from_unreadable'",
  "connections where kind = 'email' and enabled and health #>> '{verification,learnt,plusAddress}' = 'true'",
]
