-- Which record of another system became what here: an import that runs again makes nothing twice. `key` is a digest of source,
-- kind and that system's own id, so that no text of a person stands here. `identity_id`: by which address a contact came.
create table imported_records (
  key uuid primary key,
  id text not null,
  identity_id text
);

-- What was imported happened before anybody read the log (position 0, see 0022): no reader ever takes it for news.
alter table events add constraint events_imported_are_past
  check ((data ->> 'origin') is distinct from 'import' or position is not distinct from 0);
