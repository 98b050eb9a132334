-- Of an address by which somebody writes from a web page: on which page they wrote last, and from which they first came there.
alter table contact_identities add column page text;
alter table contact_identities add column referrer text;
