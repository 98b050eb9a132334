-- Saved views: a list's filters under a name, for one person, a team, or everybody of the staff.
create table views (
  id text primary key,
  name text not null,
  visibility text not null check (visibility in ('me', 'team', 'all')),
  owner_id text not null references users (id) on delete cascade,
  team_id text references teams (id) on delete cascade,
  filters jsonb not null,
  sort text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((visibility = 'team') = (team_id is not null))
);
create index views_of_owner on views (owner_id);
create index views_of_team on views (team_id) where team_id is not null;

-- What a text is found by: its words without accents and capitals, as they stand (for prefixes) and as Spanish and English
-- stem them. No word is left out: whoever looks for "no" means it.
create text search dictionary search_es (template = snowball, language = spanish);
create text search dictionary search_en (template = snowball, language = english);
create text search configuration search_raw (parser = default);
alter text search configuration search_raw add mapping for asciiword, word, numword, int, uint, float, sfloat, version, hword,
  asciihword, numhword, hword_part, hword_asciipart, hword_numpart, email, url, host, url_path, file, tag, entity, protocol
  with simple;
create text search configuration search_es (copy = search_raw);
alter text search configuration search_es alter mapping for asciiword, word with search_es;
create text search configuration search_en (copy = search_raw);
alter text search configuration search_en alter mapping for asciiword, word with search_en;

-- By a collation that knows all letters, where there is one; the database's own may know ASCII only.
do $make$
begin
  execute format('create function search_lower(t text) returns text language sql immutable parallel safe strict as
    $$ select lower(t collate %I) $$',
    (select case when exists (select from pg_collation where collname = 'pg_c_utf8') then 'pg_c_utf8' else 'default' end));
end $make$;

-- Every name with its schema: a restored dump makes the words anew while it looks nowhere else.
-- Words between blanks. What is neither letter nor digit parts words, or the parser would take a-b@c.d for one.
create function search_text(t text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(
    case when octet_length(t) = length(t) then lower(t)
      else public.search_lower(regexp_replace(normalize(t, NFKD), '[\u0300-\u036f]+', '', 'g')) end,
    '[^0-9A-Za-z[:space:],;!?()\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\U00010000-\U0001efff\U00020000-\U0003ffff]+',
    ' ', 'g')
$$;

-- Spanish stems "devolución" as "devoluciones", but only with its accent.
create function search_accent(t text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(t, '([au])cion\M', '\1ción', 'g')
$$;

-- With the day of the ticket's creation (D and a number), so that a common word can be looked for day after day.
create function search_words(t text, ticket_day date) returns tsvector language plpgsql immutable parallel safe strict as $$
declare folded text := public.search_text(left(t, 100000));
begin
  return strip(to_tsvector('public.search_raw', folded) || to_tsvector('public.search_es', public.search_accent(folded))
    || to_tsvector('public.search_en', folded)) || ('D' || (ticket_day - date '2000-01-01'))::tsvector;
end $$;

-- One word of a search, folded before: as it stands, by its stems, and as a beginning.
create function search_term(word text, is_prefix boolean) returns tsquery language plpgsql immutable parallel safe strict as $$
declare
  raw tsquery := plainto_tsquery('public.search_raw', word);
  found tsquery := case when is_prefix and numnode(raw) > 0 then (raw::text || ':*')::tsquery else raw end;
  stem tsquery;
begin
  foreach stem in array array[plainto_tsquery('public.search_es', public.search_accent(word)), plainto_tsquery('public.search_en', word)] loop
    if stem <> raw then found := found || stem; end if;
  end loop;
  return found;
end $$;

-- The day of the ticket, which never changes, goes with each message; intake gives it, everybody else need not.
alter table messages add column ticket_day date not null default '-infinity';
update messages m set ticket_day = (t.created_at at time zone 'UTC')::date from tickets t where t.id = m.ticket_id;
alter table messages add column words tsvector not null generated always as (public.search_words(content, ticket_day)) stored;
-- Each look reads the whole list of what is not sorted in yet, a search by days hundreds of times; and whoever fills it, waits.
create index messages_words on messages using gin (words) with (gin_pending_list_limit = 256);

create function know_ticket_day() returns trigger language plpgsql as $$
begin
  new.ticket_day := (select (created_at at time zone 'UTC')::date from public.tickets where id = new.ticket_id);
  return new;
end $$;
create trigger messages_know_ticket_day before insert on messages
  for each row when (new.ticket_day = '-infinity') execute function know_ticket_day();
create trigger messages_follow_ticket_day before update of ticket_id on messages
  for each row when (old.ticket_id <> new.ticket_id) execute function know_ticket_day();

-- Subject and description, beside the tickets: each message writes its ticket's row anew, and would pay for an index there.
create table ticket_texts (
  ticket_id text primary key references tickets (id) on delete cascade,
  words tsvector not null
);
create index ticket_texts_words on ticket_texts using gin (words) with (gin_pending_list_limit = 256);
create function keep_ticket_text() returns trigger language plpgsql as $$
begin
  insert into public.ticket_texts (ticket_id, words)
    values (new.id, public.search_words(new.subject || ' ' || new.description, (new.created_at at time zone 'UTC')::date))
    on conflict (ticket_id) do update set words = excluded.words;
  return null;
end $$;
create trigger tickets_keep_text after insert on tickets
  for each row when (new.subject <> '' or new.description <> '') execute function keep_ticket_text();
create trigger tickets_change_text after update of subject, description on tickets
  for each row when (old.subject <> new.subject or old.description <> new.description) execute function keep_ticket_text();
insert into ticket_texts (ticket_id, words)
  select id, public.search_words(subject || ' ' || description, (created_at at time zone 'UTC')::date) from tickets
  where subject <> '' or description <> '';

-- Open views hide what is put off; known to their indexes, so that counting still reads nothing else.
drop index tickets_open_by_activity, tickets_open_of_assignee, tickets_open_of_team, tickets_open_unassigned;
create index tickets_open_by_activity on tickets (last_message_at desc, id desc) include (snoozed_until)
  where phase in ('new', 'active', 'waiting');
create index tickets_open_of_team on tickets (team_id, last_message_at desc, id desc) include (snoozed_until)
  where phase in ('new', 'active', 'waiting');
create index tickets_open_of_assignee on tickets (assignee_id, last_message_at desc, id desc) include (snoozed_until)
  where phase in ('new', 'active', 'waiting') and assignee_id is not null;
create index tickets_open_unassigned on tickets (last_message_at desc, id desc) include (snoozed_until)
  where phase in ('new', 'active', 'waiting') and assignee_id is null;
