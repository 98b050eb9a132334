-- A mail about a ticket leaves by a mailbox: what answers it comes to that ticket, whatever its kind and its own thread.
create table thread_aliases (
  thread_key text primary key,
  ticket_id text not null references tickets,
  created_at timestamptz not null
);
create index thread_aliases_of_ticket on thread_aliases (ticket_id);
