-- Admins are notified once when a mailbox is in trouble, once when it is well again, and once of a flood of mails.
alter table mailboxes
  -- Admins were notified of the trouble that goes on.
  add column alerted_at timestamptz,
  add column flood_alerted_at timestamptz;

-- A notification is about a ticket or about a connection.
alter table notifications
  alter column ticket_id drop not null,
  add column connection_id text references connections,
  add constraint notifications_of_ticket_or_connection check (num_nonnulls(ticket_id, connection_id) = 1),
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away', 'freed',
    'sla_warning', 'sla_breached', 'escalated', 'new_unassigned', 'connection_failing', 'connection_well', 'connection_flooded'));
