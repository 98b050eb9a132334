-- A message names its counterpart: the contact and the identity it was exchanged with, fixed when it is written, with the
-- address as it was written then. No foreign keys: what was exchanged stays so when an identity moves or is removed, and a
-- contact that was merged leads on by contacts.merged_into.
-- What was said has an order of its own, a sequence, whichever clock a message's own time is of. It goes in steps: a webhook
-- takes one place when it comes, and the messages in it stand within that step.
create sequence message_positions increment by 1000 start with 1000;

alter table messages
  add column position bigint,
  add column contact_id text,
  add column identity_id text,
  add column address text,
  drop constraint messages_delivery_state_check,
  add constraint messages_delivery_state_check
    check (delivery_state in ('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown', 'unreachable'));

-- Whose number another one has become: replies go there.
alter table contact_identities add column replaced_by text, add column replaced_at timestamptz;

-- With whom each connection speaks when it speaks with a contact: of old messages nobody wrote down by which address.
create temporary table spoken_with on commit drop as
  select distinct on (n.id, i.contact_id) n.id as connection_id, i.contact_id, i.id as identity_id, i.value as address
  from connections n join contact_identities i on case n.kind
    when 'whatsapp' then i.kind in ('phone', 'bsuid') or (i.kind = 'group' and i.scope = n.id)
    when 'webchat' then i.kind = 'visitor' and i.scope = n.id
    else i.kind in ('phone', 'email') or i.scope = n.id end
  order by n.id, i.contact_id, (i.scope = n.id) desc, case i.kind when 'phone' then 0 else 1 end, i.created_at, i.id;
analyze spoken_with;

-- Rewriting rows is cheap, keeping every index in step meanwhile is not; and with a trigger before updates PostgreSQL writes the
-- words of every text anew. Whoever moves messages gives them the day of their ticket.
create temporary table search_index on commit drop as
  select indexdef from pg_indexes where schemaname = 'public' and indexname = 'messages_words';
drop index if exists messages_words;
drop index messages_of_ticket, messages_once;
drop trigger messages_follow_ticket_day on messages;
set local maintenance_work_mem = '256MB';
set local work_mem = '64MB';

update messages m set position = o.place * 1000, contact_id = o.contact_id, identity_id = o.identity_id, address = o.address
from (
  select g.id, g.contact_id, coalesce(v.id, s.identity_id) as identity_id, coalesce(v.value, s.address) as address,
    row_number() over (order by g.sent_at, g.created_at, g.id) as place
  from (
    select m.id, m.sent_at, m.created_at, m.connection_id, m.external_id,
      case when m.sender_kind = 'contact' and m.sender_id is not null and not t.is_group then m.sender_id
        else coalesce(o.contact_id, t.contact_id) end as contact_id
    from messages m join tickets t on t.id = m.ticket_id left join tickets o on o.id = m.origin_ticket_id) g
    left join contacts c on c.id = g.contact_id
    left join spoken_with s on s.connection_id = g.connection_id and s.contact_id = coalesce(c.merged_into, c.id)
    left join contact_identities v on v.kind = 'visitor' and v.scope = g.connection_id
      and v.value = split_part(g.external_id, ':', 1)) o
where o.id = m.id;

select setval('message_positions', (select coalesce(max(position), 0) + 1000 from messages), false);
alter table messages
  alter column position set default nextval('message_positions'),
  alter column position set not null;

create unique index messages_once on messages (connection_id, external_id) where external_id is not null;
create index messages_of_ticket on messages (ticket_id, position);
-- When somebody last wrote from an address, and what became of the last message to it.
create index messages_of_identity on messages (identity_id, sent_at) where identity_id is not null;
do $$ begin execute (select indexdef from search_index); end $$;

-- A send keeps its turn among those to the same address. What was sent needs none.
update sends s set recipient = m.identity_id from messages m
where m.id = s.message_id and s.state <> 'sent' and m.identity_id is not null;

-- The last message of a thread is the one with the last position: lists look it up.
alter table tickets drop column last_message_id;

-- Deliveries are taken in in the order in which they came, whichever server stored them.
alter table webhook_deliveries add column position bigint not null default 0;
update webhook_deliveries d set position = o.position
from (select id, nextval('message_positions') as position
  from (select id from webhook_deliveries where state <> 'done' order by id) waiting) o
where o.id = d.id;
alter table webhook_deliveries alter column position set default nextval('message_positions');
drop index webhook_deliveries_due;
create index webhook_deliveries_due on webhook_deliveries (position) where state = 'stored';
