-- What people see of a mail that could not be received, and what became of it.
alter table failed_deliveries
  -- The code that its reason begins with: those of one cause are replayed together.
  add column cause text not null generated always as (
    coalesce(substring(reason from '^(?:[A-Za-z]*Error: )?([a-z]+(?:_[a-z]+)+)(?::|$)'), 'other')) stored,
  -- Of a mail: who wrote it, its subject and its size; emptied with the element.
  add column summary jsonb,
  -- The ticket that somebody has made of it.
  add column ticket_id text references tickets;

create index failed_deliveries_waiting on failed_deliveries (connection_id, cause, id) where replayed_at is null;

-- When a mailbox got its last mail.
create index webhook_deliveries_of_files on webhook_deliveries (connection_id, received_at) where file_sha256 is not null;
