-- Campaigns that Hilo sends itself. Those that others send and only note here stay drafts with noted shipments.
alter table campaigns
  add column template jsonb,
  add column status text not null default 'draft'
    check (status in ('draft', 'scheduled', 'running', 'paused', 'cancelled', 'done')),
  add column scheduled_at timestamptz,
  add column pace_per_minute int check (pace_per_minute > 0),
  add column next_at timestamptz,
  add column finished_at timestamptz;
create index campaigns_at_work on campaigns (status) where status in ('scheduled', 'running');

alter table campaign_shipments
  add column recipient text,
  add column name text not null default '',
  add column fields jsonb not null default '{}',
  add column ordinal int,
  add column state text not null default 'noted'
    check (state in ('noted', 'waiting', 'queued', 'refused', 'cancelled')),
  add column reason text,
  add column ticket_id text references tickets (id),
  add column message_id text references messages (id),
  add column queued_at timestamptz;
-- Nobody is in one campaign twice.
create unique index campaign_shipments_once on campaign_shipments (campaign_id, recipient) where recipient is not null;
create index campaign_shipments_waiting on campaign_shipments (campaign_id, ordinal) where state = 'waiting';
create index campaign_shipments_under_way on campaign_shipments (campaign_id, ordinal desc) where state = 'queued';
