create table contacts (
  id text primary key,
  name text not null default '',
  tier text,
  language text,
  custom_fields jsonb not null default '{}',
  is_group boolean not null default false,
  blocked boolean not null default false,
  merged_into text references contacts (id),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index contacts_newest on contacts (created_at desc, id desc);
create index contacts_by_name on contacts (lower(name) text_pattern_ops);
create index contacts_merged_into on contacts (merged_into) where merged_into is not null;

-- One identity belongs to one contact. Phones and e-mails are global (scope ''); a BSUID belongs to its portfolio,
-- visitors, groups and external ids to their connection.
create table contact_identities (
  id text primary key,
  contact_id text not null references contacts (id),
  kind text not null check (kind in ('phone', 'email', 'bsuid', 'visitor', 'external', 'group')),
  scope text not null default '',
  value text not null,
  created_at timestamptz not null,
  unique (kind, scope, value)
);
create index contact_identities_of_contact on contact_identities (contact_id);

create table connections (
  id text primary key,
  kind text not null check (kind in ('api', 'whatsapp', 'webchat', 'email')),
  name text not null,
  enabled boolean not null default true,
  reopen_window_minutes int not null default 120 check (reopen_window_minutes >= 0),
  reopen_from text not null default 'activity' check (reopen_from in ('activity', 'closure')),
  team_ids text[] not null default '{}',
  calendar_id text,
  greeting text,
  out_of_hours_text text,
  farewell_text text,
  acknowledgements text[],
  settings jsonb not null default '{}',
  secrets text,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index connections_name on connections (lower(name)) where deleted_at is null;

create table chat_visitors (
  token_hash text primary key,
  connection_id text not null references connections (id),
  visitor_id text not null unique,
  created_at timestamptz not null,
  last_seen_at timestamptz not null
);

create table campaigns (
  id text primary key,
  name text not null,
  kind text not null check (kind in ('messaging', 'marketing')),
  connection_id text not null references connections (id),
  created_at timestamptz not null
);

-- Shipment ids are unique across both kinds of campaign.
create table campaign_shipments (
  id text primary key,
  campaign_id text not null references campaigns (id),
  contact_id text references contacts (id),
  created_at timestamptz not null
);
create index campaign_shipments_of_campaign on campaign_shipments (campaign_id, id);
