-- The last number with which a request to a Splynx was signed. Each is higher than the one before, or Splynx refuses the request.
create table splynx_nonces (
  system_id text primary key references linked_systems,
  nonce bigint not null
);
