-- The presence that everybody was last notified of is called by what it is.
alter table presence rename column told to reported_status;
