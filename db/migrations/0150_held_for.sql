-- Numbers of one Meta app share the address of their webhooks: what is held waits for the connection that it is for, which may be
-- another one than that by whose address it came.
alter table webhook_deliveries add column held_for text;
drop index webhook_deliveries_held;
create index webhook_deliveries_held on webhook_deliveries (coalesce(held_for, connection_id)) where state = 'held';
