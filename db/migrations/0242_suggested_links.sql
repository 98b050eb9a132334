-- Tickets that a mail named without being led there, by a number in its words or a thread that its writer takes no part in; and which of
-- them, and of those that got the same mail, somebody has turned down.
create table suggested_links (
  ticket_id text not null references tickets on delete cascade,
  other_id text not null references tickets on delete cascade,
  because text not null check (because in ('number', 'thread', 'same_mail')),
  created_at timestamptz not null,
  dismissed_at timestamptz,
  primary key (ticket_id, other_id),
  check (ticket_id <> other_id)
);
create index suggested_links_of_other on suggested_links (other_id);
