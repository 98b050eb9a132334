-- What a send needs beside its message, and the looks that the sender takes all the time.
alter table sends add column template jsonb;
alter table sends add column http_status int;

-- Whether an earlier message to the same recipient is still on its way: a conversation leaves in its order.
create index sends_in_order on sends (connection_id, recipient, message_id) where state in ('queued', 'sending');
-- How many of one connection left within the last second.
create index sends_pace on sends (connection_id, claimed_at) where claimed_at is not null;
