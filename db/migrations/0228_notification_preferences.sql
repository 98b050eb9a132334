-- What somebody of the staff is notified of and how: the kinds that they chose other than the default, and the hours without sound.
create table notification_preferences (
  user_id text primary key references users (id) on delete cascade,
  kinds jsonb not null default '{}' check (jsonb_typeof(kinds) = 'object'),
  quiet_from text check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);

-- A new ticket that nobody has is told to those of its team who are there; once it is somebody's, nobody needs to know.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in
  ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away', 'freed', 'sla_warning', 'sla_breached', 'escalated', 'new_unassigned'));
create unique index notifications_one_new on notifications (user_id, ticket_id) where kind = 'new_unassigned' and read_at is null;
