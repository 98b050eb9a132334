-- A merge of contacts can be undone: it remembers which addresses it moved, which of them were confirmed, and what it filled in.
-- A ticket remembers whose it was before (null: always its contact's), for who may read it is decided by that.
alter table tickets add column origin_contact_id text references contacts (id);
create index tickets_of_origin_contact on tickets (origin_contact_id) where origin_contact_id is not null;

alter table contact_merges
  add column identity_ids text[] not null default '{}',
  add column confirmed_ids text[] not null default '{}',
  add column filled text[] not null default '{}',
  add column ticket_ids text[] not null default '{}',
  add column is_undoable boolean not null default false;

-- Of merges of before it is known whose a ticket was where its first words name them.
update tickets t set origin_contact_id = m.source_id
from contact_merges m
where t.contact_id = m.target_id and t.created_at < m.merged_at
  and (t.created_by_kind = 'contact' and t.created_by_id = m.source_id
    or (select g.sender_id from messages g where g.ticket_id = t.id and g.sender_kind = 'contact' order by g.position limit 1) = m.source_id);
