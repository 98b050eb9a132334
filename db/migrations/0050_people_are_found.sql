-- Folded as before, and the digits of every script as ours.
create or replace function search_text(t text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(
    case when octet_length(t) = length(t) then lower(t)
      else public.search_lower(regexp_replace(translate(normalize(t, NFKD),
        '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯୦୧୨୩୪୫୬୭୮୯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙',
        repeat('0123456789', 17)), '[\u0300-\u036f]+', '', 'g')) end,
    '[^0-9A-Za-z[:space:],;!?()\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\U00010000-\U0001efff\U00020000-\U0003ffff]+',
    ' ', 'g')
$$;

-- Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese write words without blanks between them. Such a run is found by
-- its pieces: any three signs in a row, and what is left of it at its end.
create function search_runs(folded text) returns setof text language sql immutable parallel safe strict as $$
  select run[1] from regexp_matches(folded,
    '[\u0e01-\u0e4e\u0e81-\u0fbc\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+', 'g') run
$$;
create function search_unrun(folded text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(folded,
    '[\u0e01-\u0e4e\u0e81-\u0fbc\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+', ' ', 'g')
$$;
-- A tsvector holds 1 MB: of a longer text the first 65,536 signs are cut into pieces.
create function search_pieces(folded text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct piece), '{}') from public.search_runs(left(folded, 65536)) run, lateral (
    select concat(sign, lead(sign, 1) over w, lead(sign, 2) over w) as piece
    from string_to_table(run, null) with ordinality as signs (sign, at) window w as (order by at)) pieces
$$;

create or replace function search_words(t text, ticket_day date) returns tsvector language plpgsql immutable parallel safe strict as $$
declare
  folded text := public.search_text(left(t, 100000));
  pieces text[] := '{}';
begin
  if octet_length(folded) <> length(folded) then
    pieces := public.search_pieces(folded);
    if pieces <> '{}' then folded := public.search_unrun(folded); end if;
  end if;
  return strip(to_tsvector('public.search_raw', folded) || to_tsvector('public.search_es', public.search_accent(folded))
    || to_tsvector('public.search_en', folded)) || array_to_tsvector(pieces) || ('D' || (ticket_day - date '2000-01-01'))::tsvector;
end $$;

-- The pieces of a run as a query, each with `mark` before it; null without one. Fewer than three signs begin a piece.
create function search_pieces_query(word text, mark text) returns tsquery language sql immutable parallel safe strict as $$
  select string_agg(quote_literal(mark || substr(run, at, 3)) || case when length(run) < 3 then ':*' else '' end, ' & ')::tsquery
  from public.search_runs(word) run, generate_series(1, greatest(1, length(run) - 2)) at
$$;

create or replace function search_term(word text, is_prefix boolean) returns tsquery language plpgsql immutable parallel safe strict as $$
declare
  pieces tsquery := case when octet_length(word) <> length(word) then public.search_pieces_query(word, '') end;
  rest text := case when pieces is null then word else public.search_unrun(word) end;
  raw tsquery := plainto_tsquery('public.search_raw', rest);
  found tsquery := case when is_prefix and pieces is null and numnode(raw) > 0 then (raw::text || ':*')::tsquery else raw end;
  stem tsquery;
begin
  foreach stem in array array[plainto_tsquery('public.search_es', public.search_accent(rest)), plainto_tsquery('public.search_en', rest)] loop
    if stem <> raw then found := found || stem; end if;
  end loop;
  return case when pieces is null then found when numnode(found) = 0 then pieces else found && pieces end;
end $$;

-- What a person is found by. Each word of the name is marked N: apostrophes and hyphens part words and are nothing.
create function name_words(name text) returns tsvector language sql immutable parallel safe strict as $$
  select array_to_tsvector(coalesce(array_agg(distinct 'N' || word), '{}')) from (
    select regexp_split_to_table(public.search_text(way), '[[:space:],;!?()]+') as word
      from unnest(array[left(name, 500), regexp_replace(left(name, 500), '[''’‘ʼ`´‐‑–-]+', '', 'g')]) way
    union select unnest(public.search_pieces(public.search_text(left(name, 500))))) words where word <> ''
$$;

-- A number is found by its beginning, with and without the code of its country (one to three digits), by its last ten and
-- seven digits, and, backwards and marked P, by as many of its last digits as somebody knows. Any other address by its
-- words, and by what a word of four signs or more ends with.
create function identity_words(value text) returns tsvector language plpgsql immutable parallel safe strict as $$
declare
  digits text := substring(value from '^\+?(\d{7,15})(?:;ext=\d+)?$');
  words text[];
begin
  if digits is not null then
    words := array[digits, substr(digits, 2), substr(digits, 3), substr(digits, 4), right(digits, 10), right(digits, 7)];
    return array_to_tsvector(array(select 'N' || w from unnest(words) w) || ('P' || reverse(digits)));
  end if;
  words := array(select w from regexp_split_to_table(public.search_text(left(value, 256)), '[[:space:],;!?()]+') w where w <> '');
  return array_to_tsvector(array(select 'N' || w from unnest(words) w
    union select 'N' || substr(w, at) from unnest(words) w, generate_series(2, length(w) - 3) at));
end $$;

-- One word of a search, folded before, as people are found by it: it begins a word of their name or of an address, or is
-- the end of their number.
create function search_person(word text, is_prefix boolean) returns tsquery language plpgsql immutable parallel safe strict as $$
declare
  pieces tsquery := case when octet_length(word) <> length(word) then public.search_pieces_query(word, 'N') end;
  said text := quote_literal('N' || word);
begin
  if pieces is not null and public.search_unrun(word) ~ '^ *$' then return pieces; end if;
  if is_prefix and length(word) > 1 then said := said || ':*'; end if;
  if word ~ '^\d{4,15}$' then said := said || ' | ' || quote_literal('P' || reverse(word)) || ':*'; end if;
  return said::tsquery;
end $$;

-- One text a person, beside the contacts.
create table contact_texts (
  contact_id text primary key references contacts (id) on delete cascade,
  created_at timestamptz not null,
  words tsvector not null
);

create function person_words(of_contact text) returns tsvector language sql stable strict as $$
  select public.name_words(c.name) || coalesce((select array_to_tsvector(array_agg(distinct word.lexeme)) from public.contact_identities i,
    unnest(public.identity_words(i.value)) word where i.contact_id = c.id), '') from public.contacts c where c.id = of_contact
$$;

-- Of whom was merged into another nothing is left: their addresses are the other's.
create function keep_contact_text(of_contact text) returns void language plpgsql as $$
begin
  insert into public.contact_texts (contact_id, created_at, words)
    select id, created_at, public.person_words(id) from public.contacts where id = of_contact and merged_into is null
    on conflict (contact_id) do update set words = excluded.words where contact_texts.words <> excluded.words;
  if found then
    update public.ticket_texts x set words = public.ticket_words(t) from public.tickets t
      where t.contact_id = of_contact and x.ticket_id = t.id;
  end if;
end $$;

-- Subject, description, and who it is about. Whoever changes that person waits for those who make tickets of theirs.
create function ticket_words(t tickets) returns tsvector language plpgsql as $$
declare
  said tsvector := public.search_words(t.subject || ' ' || t.description, (t.created_at at time zone 'UTC')::date);
  person tsvector;
begin
  select words into person from public.contact_texts where contact_id = t.contact_id for share;
  return said || coalesce(person, '');
end $$;

create or replace function keep_ticket_text() returns trigger language plpgsql as $$
begin
  insert into public.ticket_texts (ticket_id, words) values (new.id, public.ticket_words(new))
    on conflict (ticket_id) do update set words = excluded.words;
  return null;
end $$;

-- Those that are there: persons first, for tickets hold their words.
insert into contact_texts select c.id, c.created_at, name_words(c.name) || coalesce(i.words, '')
  from contacts c left join (select i.contact_id, array_to_tsvector(array_agg(distinct word.lexeme)) as words
    from contact_identities i, unnest(identity_words(i.value)) word group by 1) i on i.contact_id = c.id
  where c.merged_into is null;
create index contact_texts_newest on contact_texts (created_at desc, contact_id desc);
create index contact_texts_words on contact_texts using gin (words) with (gin_pending_list_limit = 256);
drop index contacts_by_name, ticket_texts_words;
-- Only in these can there be digits of other scripts, or runs: not in the letters of Europe, common signs and pictures.
create function pg_temp.has_other_script(t text) returns boolean language sql immutable as $$
  select octet_length(t) <> length(t) and t ~ '[^\u0001-\u05ff\u1e00-\u1fff\u2000-\u2bff\ufe0f\U0001f300-\U0001faff]'
$$;
update ticket_texts x set words = search_words(t.subject || ' ' || t.description, (t.created_at at time zone 'UTC')::date)
  from tickets t where t.id = x.ticket_id and pg_temp.has_other_script(t.subject || t.description);
update ticket_texts x set words = x.words || p.words
  from tickets t join contact_texts p on p.contact_id = t.contact_id where t.id = x.ticket_id;
insert into ticket_texts select t.id, ('D' || ((t.created_at at time zone 'UTC')::date - date '2000-01-01'))::tsvector || p.words
  from tickets t join contact_texts p on p.contact_id = t.contact_id on conflict do nothing;
create index ticket_texts_words on ticket_texts using gin (words) with (gin_pending_list_limit = 256);
-- Of the messages only those whose words are others now.
update messages set content = content where pg_temp.has_other_script(content) and words <> search_words(content, ticket_day);
analyze contact_texts, ticket_texts;

create function contact_keeps_text() returns trigger language plpgsql as $$
begin
  if new.merged_into is not null then delete from public.contact_texts where contact_id = new.id;
  elsif tg_op = 'UPDATE' then perform public.keep_contact_text(new.id);
  -- Its tickets come after it.
  else insert into public.contact_texts values (new.id, new.created_at, public.person_words(new.id)) on conflict do nothing; end if;
  return null;
end $$;
create trigger contacts_keep_text after insert on contacts for each row execute function contact_keeps_text();
create trigger contacts_change_text after update of name, merged_into on contacts
  for each row when (old.name <> new.name or old.merged_into is distinct from new.merged_into) execute function contact_keeps_text();

-- A contact is made with its identity in one statement, and has both in its text by then.
create function identity_keeps_text() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform public.keep_contact_text(old.contact_id); end if;
  if tg_op = 'UPDATE' then
    if new.contact_id is distinct from old.contact_id then perform public.keep_contact_text(new.contact_id); end if;
  elsif tg_op = 'INSERT' and not exists (select from public.contact_texts where contact_id = new.contact_id
      and words || public.identity_words(new.value) = words) then
    perform public.keep_contact_text(new.contact_id);
  end if;
  return null;
end $$;
create trigger identities_keep_text after insert or delete on contact_identities for each row execute function identity_keeps_text();
create trigger identities_change_text after update of value, contact_id on contact_identities
  for each row when (old.value <> new.value or old.contact_id is distinct from new.contact_id) execute function identity_keeps_text();

drop trigger tickets_keep_text on tickets;
drop trigger tickets_change_text on tickets;
create trigger tickets_keep_text after insert on tickets
  for each row when (new.subject <> '' or new.description <> '' or new.contact_id is not null) execute function keep_ticket_text();
create trigger tickets_change_text after update of subject, description, contact_id on tickets
  for each row when (old.subject <> new.subject or old.description <> new.description or old.contact_id is distinct from new.contact_id)
  execute function keep_ticket_text();
