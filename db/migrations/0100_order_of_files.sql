-- Files of a message stand in the order in which they were chosen, not in that in which their uploads ended. Those of before
-- have no place of their own: they stay in the order of their uploads.
alter table attachments add column ordinal smallint;
