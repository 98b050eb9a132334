-- The unassigned in order: an index does not give the order behind "is null", so all of them were read and sorted for each
-- look. Every open ticket is in one of the two, so that a message still pays for one index.
create index tickets_open_unassigned on tickets (last_message_at desc, id desc)
  where phase in ('new', 'active', 'waiting') and assignee_id is null;
drop index tickets_open_of_assignee;
create index tickets_open_of_assignee on tickets (assignee_id, last_message_at desc, id desc)
  where phase in ('new', 'active', 'waiting') and assignee_id is not null;
