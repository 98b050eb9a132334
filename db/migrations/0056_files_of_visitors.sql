-- A visitor of a chat uploads files as well, and is no user.
alter table attachments add column visitor_id text;
