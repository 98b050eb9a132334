-- The words that texts, people and tickets are found by: the same as before, at a fraction of the work. Each message pays
-- for its own, and each conversation for its person's.

-- Most texts have no digits but ours, and `translate` looks for each of theirs at each sign. Letters and digits that we
-- fold are all that is left of ASCII.
create or replace function search_text(t text) returns text language sql immutable parallel safe strict as $$
  select case when octet_length(t) = length(t) then regexp_replace(lower(t), '[^0-9A-Za-z[:space:],;!?()]+', ' ', 'g')
    else regexp_replace(
      public.search_lower(regexp_replace(
        case when t ~ '[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙༠-༩၀-၉០-៩᠐-᠙]' then translate(normalize(t, NFKD),
          '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯୦୧୨୩୪୫୬୭୮୯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙',
          repeat('0123456789', 17)) else normalize(t, NFKD) end, '[\u0300-\u036f]+', '', 'g')),
      '[^0-9A-Za-z[:space:],;!?()\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\U00010000-\U0001efff\U00020000-\U0003ffff]+',
      ' ', 'g') end
$$;

-- As before: each word of the name marked N; apostrophes and hyphens part words and are nothing.
create or replace function name_words(name text) returns tsvector language plpgsql immutable parallel safe strict as $$
declare
  written text := left(name, 500);
  joined text := translate(written, '''’‘ʼ`´‐‑–-', '');
  folded text := public.search_text(written);
  words text[] := regexp_split_to_array(folded, '[[:space:],;!?()]+');
begin
  if joined <> written then words := words || regexp_split_to_array(public.search_text(joined), '[[:space:],;!?()]+'); end if;
  if octet_length(folded) <> length(folded) then words := words || public.search_pieces(folded); end if;
  return array_to_tsvector(array(select 'N' || word from unnest(words) word where word <> ''));
end $$;

create or replace function identity_words(value text) returns tsvector language plpgsql immutable parallel safe strict as $$
declare
  digits text := substring(value from '^\+?(\d{7,15})(?:;ext=\d+)?$');
  words text[];
begin
  if digits is not null then
    return array_to_tsvector(array['N' || digits, 'N' || substr(digits, 2), 'N' || substr(digits, 3), 'N' || substr(digits, 4),
      'N' || right(digits, 10), 'N' || right(digits, 7), 'P' || reverse(digits)]);
  end if;
  words := array(select w from regexp_split_to_table(public.search_text(left(value, 256)), '[[:space:],;!?()]+') w where w <> '');
  return array_to_tsvector(array(select 'N' || w from unnest(words) w
    union select 'N' || substr(w, at) from unnest(words) w, generate_series(2, length(w) - 3) at));
end $$;

create or replace function person_words(of_contact text) returns tsvector language plpgsql stable strict as $$
declare
  words tsvector := (select public.name_words(name) from public.contacts where id = of_contact);
  address text;
begin
  for address in select value from public.contact_identities where contact_id = of_contact loop
    words := words || public.identity_words(address);
  end loop;
  return words;
end $$;

create or replace function contact_keeps_text() returns trigger language plpgsql as $$
declare
  known tsvector;
  address text;
begin
  if new.merged_into is not null then delete from public.contact_texts where contact_id = new.id;
  elsif tg_op = 'UPDATE' then perform public.keep_contact_text(new.id);
  -- Its tickets come after it. Most have one address, made in the same statement.
  else
    known := public.name_words(new.name);
    for address in select value from public.contact_identities where contact_id = new.id loop
      known := known || public.identity_words(address);
    end loop;
    insert into public.contact_texts values (new.id, new.created_at, known) on conflict do nothing;
  end if;
  return null;
end $$;

-- A ticket without words of its own, as every conversation is born, has its day's mark.
create or replace function ticket_words(t tickets) returns tsvector language plpgsql as $$
declare
  day date := (t.created_at at time zone 'UTC')::date;
  said tsvector := case when t.subject = '' and t.description = '' then ('D' || (day - date '2000-01-01'))::tsvector
    else public.search_words(t.subject || ' ' || t.description, day) end;
  person tsvector;
begin
  select words into person from public.contact_texts where contact_id = t.contact_id for share;
  return said || coalesce(person, '');
end $$;
