-- The e-mail that a visitor says is theirs was a remark on the contact. Now it is an identity that proves nothing, under a scope
-- of its own: the identity of the visitor who said it.
insert into contact_identities (id, contact_id, kind, scope, value, proof, created_at)
select distinct on (c.id) 'idn_' || replace(gen_random_uuid()::text, '-', ''), c.id, 'email', v.id, lower(c.custom_fields ->> 'chatEmail'), 'visitor', c.updated_at
from contacts c join contact_identities v on v.contact_id = c.id and v.kind = 'visitor'
where c.custom_fields ? 'chatEmail' and c.custom_fields ->> 'chatEmail' ~ '^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$'
order by c.id, v.created_at, v.id;
update contacts c set custom_fields = custom_fields - 'chatEmail'
where custom_fields ? 'chatEmail' and exists (select from contact_identities i where i.contact_id = c.id and i.proof = 'visitor');
