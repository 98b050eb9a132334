-- To which mailbox a link was mailed, hashed, however its address was written: how many are left to it counts by that. Links of
-- before are to none: they end within a day.
alter table tracking_links add column mailbox text not null default '';
alter table tracking_links alter column mailbox drop default;
create index tracking_links_of_mailbox on tracking_links (mailbox, created_at);
