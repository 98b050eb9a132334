-- Followers that staff add to a ticket of mails, and take out of it again.
alter table mail_participants
  add column id text not null default 'fol_' || replace(gen_random_uuid()::text, '-', ''),
  -- By staff: answers go to them whomever the last mail went to.
  add column is_added boolean not null default false,
  -- Answers do not go to them, and they write as strangers.
  add column removed_at timestamptz;
create unique index mail_participants_by_id on mail_participants (id);

-- Of a mail of ours: the id that the server gave it instead of ours.
create index message_mails_by_given_id on message_mails (mail_id) where writer_role is null;

-- The message whose mail stands below this one.
alter table message_mails add column quoted_id text references messages;

-- Whether a raw mail is still somebody's.
create index message_mails_by_raw on message_mails (raw_sha256) where raw_sha256 is not null;
create index webhook_deliveries_by_file on webhook_deliveries (file_sha256) where file_sha256 is not null;
