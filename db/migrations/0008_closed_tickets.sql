-- Messages move open tickets only, so indexes over the closed ones cost a message nothing. With them no list needs an index
-- over all tickets in the order of activity, which every message had to pay for.
create index tickets_closed_by_activity on tickets (last_message_at desc, id desc) include (phase)
  where phase in ('resolved', 'closed');
create index tickets_closed_of_team on tickets (team_id, last_message_at desc, id desc) include (phase)
  where phase in ('resolved', 'closed');
create index tickets_closed_of_assignee on tickets (assignee_id, last_message_at desc, id desc) include (phase)
  where phase in ('resolved', 'closed');
create index tickets_closed_of_team_newest on tickets (team_id, created_at desc, id desc)
  where phase in ('resolved', 'closed');
create index tickets_closed_of_assignee_newest on tickets (assignee_id, created_at desc, id desc)
  where phase in ('resolved', 'closed');
drop index tickets_by_activity;
