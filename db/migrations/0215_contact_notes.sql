-- What staff should know of a contact, whichever ticket they are on. It never reaches the contact.
alter table contacts add column note text not null default '';
