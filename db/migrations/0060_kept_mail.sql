-- A mail is tried until `give_up_at`, then shown for a person to send it again: what it says stays sealed until it was sent.
-- `refused`: the address does not exist. `dropped`: what it says ended before it could leave, or a person let it go.
alter table mails
  drop constraint mails_state_check,
  add constraint mails_state_check check (state in ('queued', 'sent', 'failed', 'refused', 'dropped')),
  add column give_up_at timestamptz;
update mails set give_up_at = created_at + interval '3 days';
alter table mails alter column give_up_at set not null;
create index mails_failed on mails (created_at) where state = 'failed';
