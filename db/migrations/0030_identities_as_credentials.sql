-- An identity is a credential: it says how it was proved, for which contact it is confirmed, and who typed it.
-- Identities with one `confirmed_for` are known to be one person's; null: somebody only put it there.
alter table contact_identities
  add column proof text not null default 'staff' check (proof in ('message', 'link', 'import', 'staff', 'visitor')),
  add column confirmed_for text,
  add column added_by_id text,
  add column former_contact_id text references contacts (id),
  add column removed_at timestamptz,
  alter column contact_id drop not null,
  -- What was taken away keeps its row, for messages name it: nobody's, and under a scope of its own, so that no look by
  -- contact or by address finds it.
  add constraint contact_identities_removed check ((contact_id is null) = (removed_at is not null)
    and (removed_at is null) = (former_contact_id is null));
create index contact_identities_formerly_of on contact_identities (former_contact_id) where former_contact_id is not null;
create index contact_identities_confirmed_for on contact_identities (confirmed_for) where confirmed_for is not null;

alter table contacts add column created_by_id text;
create index contacts_made_by on contacts (created_by_id, created_at desc, id desc) where created_by_id is not null;
update contacts c set created_by_id = e.actor_id
  from events e where e.kind = 'contact.created' and e.subject_id = c.id and e.actor_kind in ('user', 'key');

-- Which address a support ticket was opened for. Conversations have it on each message.
alter table tickets add column requester_identity_id text references contact_identities (id);
create index tickets_opened_for on tickets (requester_identity_id) where requester_identity_id is not null;

-- What a channel brought is proved by it. So is, as far as anybody can know today, the only address that a contact ever had:
-- all that was exchanged was exchanged with it. Everything else waits for somebody to confirm it.
with linked as materialized (
    select subject_id, at, bool_and(actor_kind not in ('user', 'key')) as by_channel from events
    where kind in ('contact.identified', 'contact.merged') group by subject_id, at),
  edited as materialized (select subject_id from events where kind = 'contact.changed' and data -> 'changes' ? 'identities'),
  known as (
    select i.id, i.contact_id,
      i.kind in ('bsuid', 'visitor', 'group')
        or exists (select from tickets t where t.contact_id = i.contact_id and t.kind = 'conversation'
          and t.created_by_kind = 'contact' and t.created_at = i.created_at)
        or exists (select from linked l where l.subject_id = i.contact_id and l.at = i.created_at and l.by_channel) as by_message,
      count(*) over (partition by i.contact_id) = 1
        and not exists (select from linked l where l.subject_id = i.contact_id)
        and not exists (select from edited e where e.subject_id = i.contact_id) as is_only
    from contact_identities i)
update contact_identities i set confirmed_for = k.contact_id, proof = case when k.by_message then 'message' else 'staff' end
  from known k where k.id = i.id and (k.by_message or k.is_only);
