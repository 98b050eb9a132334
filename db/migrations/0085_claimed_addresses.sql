-- A customer says from an address that is known to be theirs that another one of their contact is theirs too. It opens what
-- that address opens for as long as that one is the contact's, and gives nobody anything that was exchanged with it.
alter table contact_identities add column claimed_by text references contact_identities on delete set null;
create index contact_identities_claimed_by on contact_identities (claimed_by) where claimed_by is not null;
