-- The record in which an imported message or file stood there: only there is its id known again. Null: of what stands by itself, and
-- of what was imported before this.
alter table imported_records add column parent_key uuid;
