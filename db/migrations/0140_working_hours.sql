-- The hours in which staff are given new work: a calendar of theirs, or none for always.
alter table users add column calendar_id text references calendars (id);
create index users_by_calendar on users (calendar_id) where calendar_id is not null;

-- When a calendar opens next, for those who wait for that; null until somebody looks, and again after each change.
alter table calendars add column next_opening_at timestamptz;
