-- Whether whoever has an address wants marketing there: the last that was said of it, when and how.
alter table contact_identities
  add column wants_marketing boolean not null default true,
  add column marketing_said_at timestamptz,
  add column marketing_said_by text check (marketing_said_by in ('word', 'channel', 'refusal')),
  add constraint contact_identities_marketing check (wants_marketing or marketing_said_at is not null);

-- Who was refused for it last, and has neither written nor got anything since, did not want any.
update contact_identities i set wants_marketing = false, marketing_said_at = r.sent_at, marketing_said_by = 'refusal'
from (select distinct on (identity_id) identity_id, sent_at, position from messages
  where delivery_code = 131050 and delivery_state = 'failed' and identity_id is not null
  order by identity_id, position desc) r
where r.identity_id = i.id and not exists (select from messages m where m.identity_id = i.id and m.position > r.position
  and m.kind = 'message' and (m.direction = 'in' or m.delivery_state in ('delivered', 'read')));
