-- What each event and each ticket pays in functions, at less cost; nothing that they promise changes.

-- An event gets its position once, and nothing else of it ever changes. That it gets it alone is seen without a function.
drop trigger events_append_only on events;
create or replace function refuse_event_change() returns trigger language plpgsql as $$
begin
  if current_setting('hilo.erasing', true) = 'on' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'events are append-only' using errcode = 'restrict_violation';
end $$;
create trigger events_append_only before update on events for each row
  when (old.position is not null or new.position is null or new.position <= 0
    or row(old.id, old.at, old.kind, old.ticket_id, old.subject_id, old.actor_kind, old.actor_id, old.cause_id, old.depth, old.data,
        old.why, old.team_id, old.assignee_id)
      is distinct from row(new.id, new.at, new.kind, new.ticket_id, new.subject_id, new.actor_kind, new.actor_id, new.cause_id,
        new.depth, new.data, new.why, new.team_id, new.assignee_id))
  execute function refuse_event_change();
create trigger events_are_kept before delete on events for each row execute function refuse_event_change();

-- A number without the start of a query.
create or replace function next_ticket_number() returns text language plpgsql as $$
declare n text := nextval('public.ticket_number_seq');
begin
  return 'TKT-' || lpad(n, greatest(5, length(n)), '0');
end $$;

-- The same text as before. A function in SQL that is not folded into its caller is a query of its own each time.
create or replace function search_text(t text) returns text language plpgsql immutable parallel safe strict as $$
declare
  folded text;
begin
  if octet_length(t) = length(t) then
    return regexp_replace(lower(t), '[^0-9A-Za-z[:space:],;!?()]+', ' ', 'g');
  end if;
  folded := normalize(t, NFKD);
  if t ~ '[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙༠-༩၀-၉០-៩᠐-᠙]' then
    folded := translate(folded,
      '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯୦୧୨୩୪୫୬୭୮୯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙',
      repeat('0123456789', 17));
  end if;
  return regexp_replace(public.search_lower(regexp_replace(folded, '[\u0300-\u036f]+', '', 'g')),
    '[^0-9A-Za-z[:space:],;!?()\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\U00010000-\U0001efff\U00020000-\U0003ffff]+',
    ' ', 'g');
end $$;

-- A contact's text is written once, by whichever of its row and its first identity comes first; the other sees it.
create function person_words(of_contact text, name text) returns tsvector language plpgsql stable strict as $$
declare
  words tsvector := public.name_words(name);
  address text;
begin
  for address in select value from public.contact_identities where contact_id = of_contact loop
    words := words || public.identity_words(address);
  end loop;
  return words;
end $$;

create or replace function keep_contact_text(of_contact text) returns void language plpgsql as $$
begin
  insert into public.contact_texts (contact_id, created_at, words)
    select id, created_at, public.person_words(id, name) from public.contacts where id = of_contact and merged_into is null
    on conflict (contact_id) do update set words = excluded.words where contact_texts.words <> excluded.words;
  if found then
    update public.ticket_texts x set words = public.ticket_words(t) from public.tickets t
      where t.contact_id = of_contact and x.ticket_id = t.id;
  end if;
end $$;
drop function person_words(text);

create or replace function contact_keeps_text() returns trigger language plpgsql as $$
begin
  if new.merged_into is not null then delete from public.contact_texts where contact_id = new.id;
  elsif tg_op = 'UPDATE' then perform public.keep_contact_text(new.id);
  -- Its tickets come after it.
  else
    insert into public.contact_texts select new.id, new.created_at, public.person_words(new.id, new.name)
      where not exists (select from public.contact_texts where contact_id = new.id) on conflict do nothing;
  end if;
  return null;
end $$;

-- By what a text is seen to have an address: of a number's words one is the whole number.
create function identity_mark(value text) returns tsvector language plpgsql immutable parallel safe strict as $$
declare
  digits text := substring(value from '^\+?(\d{7,15})(?:;ext=\d+)?$');
begin
  return case when digits is null then public.identity_words(value) else ('P' || reverse(digits))::tsvector end;
end $$;

create or replace function identity_keeps_text() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform public.keep_contact_text(old.contact_id); end if;
  if tg_op = 'UPDATE' then
    if new.contact_id is distinct from old.contact_id then perform public.keep_contact_text(new.contact_id); end if;
  elsif tg_op = 'INSERT' and not exists (select from public.contact_texts where contact_id = new.contact_id
      and words || public.identity_mark(new.value) = words) then
    perform public.keep_contact_text(new.contact_id);
  end if;
  return null;
end $$;

-- Whoever changes a person waits for those who make tickets of theirs; for a person of this very transaction nobody waits.
create or replace function ticket_words(t tickets) returns tsvector language plpgsql as $$
declare
  day date := (t.created_at at time zone 'UTC')::date;
  said tsvector := case when t.subject = '' and t.description = '' then ('D' || (day - date '2000-01-01'))::tsvector
    else public.search_words(t.subject || ' ' || t.description, day) end;
  person tsvector;
  is_ours boolean;
begin
  select words, xmin = pg_current_xact_id()::xid into person, is_ours from public.contact_texts where contact_id = t.contact_id;
  if not is_ours then select words into person from public.contact_texts where contact_id = t.contact_id for share; end if;
  return said || coalesce(person, '');
end $$;
