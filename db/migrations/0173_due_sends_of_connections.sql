-- The next send of each connection: what waits for one that is off is passed over at once, however much it is.
drop index sends_due;
create index sends_due on sends (connection_id, next_at, message_id) where state = 'queued';
