-- The e-mail that was given with a ticket stands under its contact's id, no longer under its own: the unique key keeps it once for a
-- contact. Of those that stand there twice the first is the one that goes on being given.
update contact_identities i set scope = i.contact_id || case when exists (
    select from contact_identities o where o.kind = 'email' and o.scope = o.id and o.contact_id = i.contact_id and o.value = i.value
      and (o.created_at, o.id) < (i.created_at, i.id)) then ' ' || i.id else '' end
  where i.kind = 'email' and i.scope = i.id and i.contact_id is not null;
update contact_identities set scope = former_contact_id || ' removed ' || id
  where kind = 'email' and scope = id || ' removed ' || id and former_contact_id is not null;
