-- What a merge of two contacts moved, for thirty days in which it can be undone; and whether they are known to be one
-- person, without which neither reads what was exchanged with the other.
create table contact_merges (
  source_id text primary key references contacts (id),
  target_id text not null references contacts (id),
  is_one_person boolean not null,
  identity_ids text[] not null default '{}',
  confirmed_ids text[] not null default '{}',
  ticket_ids text[] not null default '{}',
  twin_ids text[] not null default '{}',
  account_ids text[] not null default '{}',
  former_source_ids text[] not null default '{}',
  target_before jsonb not null default '{}',
  merged_at timestamptz not null,
  can_undo boolean not null default true
);
create index contact_merges_of_target on contact_merges (target_id);

-- Those of before cannot be undone. The channel's own word joined persons; what staff merged, nobody has confirmed.
insert into contact_merges (source_id, target_id, is_one_person, merged_at, can_undo)
select distinct on (c.id) c.id, e.data ->> 'target', e.actor_kind not in ('user', 'key'), e.at, false
from events e join contacts c on c.id = e.data ->> 'source' join contacts t on t.id = e.data ->> 'target'
where e.kind = 'contact.merged' and c.merged_into is not null order by c.id, e.id desc;
