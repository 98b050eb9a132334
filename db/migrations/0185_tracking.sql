-- Links with which a customer reads one ticket and answers on it: mailed to one address and used once, then open for a while in
-- the browser that used them.
create table tracking_links (
  token_hash text primary key,
  ticket_id text not null references tickets (id) on delete cascade,
  identity_id text not null references contact_identities (id) on delete cascade,
  mail_id text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  session_hash text unique,
  -- The forms that were sent from that browser: one that comes again changes nothing.
  form_keys text[] not null default '{}',
  constraint tracking_links_used check ((used_at is null) = (session_hash is null))
);
create index tracking_links_of_ticket on tracking_links (ticket_id);
create index tracking_links_of_identity on tracking_links (identity_id);
create index tracking_links_of_mail on tracking_links (mail_id);
create index tracking_links_by_age on tracking_links (created_at);

-- Whoever tracks a ticket gives an e-mail, under whatever scope it stands.
create index contact_identities_by_email on contact_identities (value) where kind = 'email';
