-- Of a mailbox: which mail could not be fetched, and since when it is followed.
alter table mailboxes
  -- The mail that `stuck_tries` counts; it need not be the one after the cursor.
  add column stuck_uid bigint,
  -- What the mailbox got before this was there before the connection.
  add column begun_at timestamptz;
update mailboxes m set begun_at = c.created_at from connections c where c.id = m.connection_id and m.uid_validity is not null;

-- It was in the mailbox before that was connected: nobody is notified of it, and nothing answers it.
alter table message_mails add column is_silent boolean not null default false;
update message_mails w set is_silent = true from messages m join connections c on c.id = m.connection_id
  where m.id = w.message_id and m.direction = 'in' and m.sent_at < date_trunc('second', c.created_at);
