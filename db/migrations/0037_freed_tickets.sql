-- A lead is told when tickets are free again because their agent is gone.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check
  check (kind in ('mentioned', 'assigned', 'unassigned', 'answered', 'merged_away', 'freed'));
