-- A key may be made for sources: besides what its role may, it hands in messages on these connections.
alter table api_keys add column connection_ids text[] not null default '{}';
