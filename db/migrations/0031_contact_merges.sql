-- Whether two contacts that were merged are known to be one person: else neither reads what was exchanged with the other.
create table contact_merges (
  source_id text primary key references contacts (id),
  target_id text not null references contacts (id),
  is_one_person boolean not null,
  merged_at timestamptz not null
);
create index contact_merges_of_target on contact_merges (target_id);

-- The channel's own word joined persons; what staff merged, nobody has confirmed.
insert into contact_merges (source_id, target_id, is_one_person, merged_at)
select distinct on (c.id) c.id, e.data ->> 'target', e.actor_kind not in ('user', 'key'), e.at
from events e join contacts c on c.id = e.data ->> 'source' join contacts t on t.id = e.data ->> 'target'
where e.kind = 'contact.merged' and c.merged_into is not null order by c.id, e.id desc;
