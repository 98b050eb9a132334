-- Whom a note calls by name. Read through the message, so that it follows a merge.
create table mentions (
  message_id text not null references messages (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  primary key (user_id, message_id)
);
create index mentions_of_message on mentions (message_id);

-- What somebody should know of, each told once. Of one ticket's answers the first that is unread stands for all.
create table notifications (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  kind text not null check (kind in ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away')),
  ticket_id text not null references tickets (id) on delete cascade,
  message_id text,
  by_kind text not null,
  by_id text,
  event_id bigint not null,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (event_id, kind, user_id)
);
create index notifications_of_user on notifications (user_id, created_at desc, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
create unique index notifications_one_answer on notifications (user_id, ticket_id) where kind = 'answered' and read_at is null;
create index notifications_of_ticket on notifications (ticket_id);

-- What customers are still to be mailed of: what happens to a ticket within a minute is one mail.
create table customer_news (
  event_id bigint primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  message_id text references messages (id) on delete cascade,
  due_at timestamptz not null
);
create index customer_news_of_ticket on customer_news (ticket_id, due_at);
create index customer_news_due on customer_news (due_at);
create index customer_news_of_message on customer_news (message_id);

insert into event_readers (name, xid, event_id)
  select name, pg_snapshot_xmin(pg_current_snapshot()), 0 from unnest(array['notifications', 'customer news']) name;
