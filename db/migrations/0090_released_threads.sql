-- Which merged tickets let go of their thread when two contacts became one, so that undoing that gives it back to them.
alter table contact_merges add column released_ticket_ids text[] not null default '{}';
