-- Written by bin/schema.ts from the migrated database: read it, never edit or run it.

create sequence message_positions increment by 262144;

create sequence ticket_number_seq increment by 1;

CREATE OR REPLACE FUNCTION public.contact_keeps_text()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  if new.merged_into is not null then delete from public.contact_texts where contact_id = new.id;
  elsif tg_op = 'UPDATE' then perform public.keep_contact_text(new.id);
  -- Its tickets come after it.
  else
    insert into public.contact_texts select new.id, new.created_at, public.person_words(new.id, new.name)
      where not exists (select from public.contact_texts where contact_id = new.id) on conflict do nothing;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_new_incidents()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into incident_counts (status, trigger, priority, n)
    select status, trigger, priority, count(*) from fresh group by status, trigger, priority;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_incident_ticket()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  its text;
begin
  update incidents set status = new.status, priority = new.priority where ticket_id = new.id returning trigger into its;
  if its is null then return null; end if;
  insert into incident_counts (status, trigger, priority, n, resolved, resolved_ms) values
    (old.status, its, old.priority, -1, -(old.resolved_at is not null)::int,
      -coalesce(extract(epoch from old.resolved_at - old.created_at) * 1000, 0)::bigint),
    (new.status, its, new.priority, 1, (new.resolved_at is not null)::int,
      coalesce(extract(epoch from new.resolved_at - new.created_at) * 1000, 0)::bigint);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.identity_keeps_text()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  if tg_op = 'INSERT' then
    insert into public.contact_texts select id, created_at, public.name_words(name) || public.identity_words(new.value)
      from public.contacts where id = new.contact_id and merged_into is null on conflict do nothing;
    if not found and not exists (select from public.contact_texts where contact_id = new.contact_id
      and words || public.identity_words(new.value) = words) then perform public.keep_contact_text(new.contact_id); end if;
    return null;
  end if;
  perform public.keep_contact_text(old.contact_id);
  if tg_op = 'UPDATE' and new.contact_id is distinct from old.contact_id then
    perform public.keep_contact_text(new.contact_id);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.identity_words(value text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.keep_contact_text(of_contact text)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  insert into public.contact_texts (contact_id, created_at, words)
    select id, created_at, public.person_words(id, name) from public.contacts where id = of_contact and merged_into is null
    on conflict (contact_id) do update set words = excluded.words where contact_texts.words <> excluded.words;
  if found then
    update public.ticket_texts x set words = public.ticket_words(t) from public.tickets t
      where t.contact_id = of_contact and x.ticket_id = t.id;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_ticket_text()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into public.ticket_texts (ticket_id, words) values (new.id, public.ticket_words(new))
    on conflict (ticket_id) do update set words = excluded.words;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.know_ticket_day()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.ticket_day := (select (created_at at time zone 'UTC')::date from public.tickets where id = new.ticket_id);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.later_reply_settles_failures()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update messages set delivery_settled_at = now() where id in (
    select m.id from messages m
    where m.ticket_id = new.ticket_id and m.direction = 'out' and m.sender_kind = 'user' and not m.is_internal
      and m.delivery_settled_at is null and m.delivery_state in ('queued', 'failed', 'unknown', 'unreachable')
      and m.delivery_state <> 'queued' and m.id <> new.id and m.contact_id is not distinct from new.contact_id
      and new.created_at > coalesce((select s.claimed_at from sends s where s.message_id = m.id), m.created_at)
    for update skip locked);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.messages_forget_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update public.messages set address = null where identity_id = old.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.name_words(name text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
declare
  written text := left(name, 500);
  joined text := translate(written, '''’‘ʼ`´‐‑–-', '');
  folded text := public.search_text(written);
  words text[] := regexp_split_to_array(folded, '[[:space:],;!?()]+');
begin
  if joined <> written then words := words || regexp_split_to_array(public.search_text(joined), '[[:space:],;!?()]+'); end if;
  if octet_length(folded) <> length(folded) then words := words || public.search_pieces(folded); end if;
  return array_to_tsvector(array(select 'N' || word from unnest(words) word where word <> ''));
end $function$;

CREATE OR REPLACE FUNCTION public.next_ticket_number()
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare n text := nextval('public.ticket_number_seq');
begin
  return 'TKT-' || lpad(n, greatest(5, length(n)), '0');
end $function$;

CREATE OR REPLACE FUNCTION public.person_words(of_contact text, name text)
 RETURNS tsvector
 LANGUAGE plpgsql
 STABLE STRICT
 SET enable_seqscan TO 'off'
AS $function$
declare
  words tsvector := public.name_words(name);
  address text;
begin
  for address in select value from public.contact_identities where contact_id = of_contact loop
    words := words || public.identity_words(address);
  end loop;
  return words;
end $function$;

CREATE OR REPLACE FUNCTION public.presence_at(status text, chosen_at timestamp with time zone, connected_until timestamp with time zone, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when status is null or chosen_at <= at - interval '12 hours'
      then case when connected_until > at then 'online' else 'offline' end
    when connected_until >= chosen_at + interval '30 seconds' and connected_until <= at then 'offline'
    else status
  end
$function$;

CREATE OR REPLACE FUNCTION public.refuse_event_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if current_setting('hilo.erasing', true) = 'on' then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'events are append-only' using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_team_in_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from connections where deleted_at is null and team_ids @> array[old.id]) then
    raise exception 'connections give their tickets to team %', old.id using errcode = 'foreign_key_violation';
  end if;
  return old;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_unknown_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from ticket_transitions
                 where kind = new.kind and from_status = old.status and to_status = new.status) then
    raise exception 'a % ticket cannot go from % to %', new.kind, old.status, new.status
      using errcode = 'check_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.search_accent(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(t, '([au])cion\M', '\1ción', 'g')
$function$;

CREATE OR REPLACE FUNCTION public.search_lower(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select lower(t collate pg_c_utf8) $function$;

CREATE OR REPLACE FUNCTION public.search_person(word text, is_prefix boolean)
 RETURNS tsquery
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
declare
  pieces tsquery := case when octet_length(word) <> length(word) then public.search_pieces_query(word, 'N') end;
  said text := quote_literal('N' || word);
begin
  if pieces is not null and public.search_unrun(word) ~ '^ *$' then return pieces; end if;
  if is_prefix and length(word) > 1 then said := said || ':*'; end if;
  if word ~ '^\d{4,15}$' then said := said || ' | ' || quote_literal('P' || reverse(word)) || ':*'; end if;
  return said::tsquery;
end $function$;

CREATE OR REPLACE FUNCTION public.search_pieces(folded text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(array_agg(distinct piece), '{}') from public.search_runs(left(folded, 65536)) run, lateral (
    select concat(sign, lead(sign, 1) over w, lead(sign, 2) over w) as piece
    from string_to_table(run, null) with ordinality as signs (sign, at) window w as (order by at)) pieces
$function$;

CREATE OR REPLACE FUNCTION public.search_pieces_query(word text, mark text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select string_agg(quote_literal(mark || substr(run, at, 3)) || case when length(run) < 3 then ':*' else '' end, ' & ')::tsquery
  from public.search_runs(word) run, generate_series(1, greatest(1, length(run) - 2)) at
$function$;

CREATE OR REPLACE FUNCTION public.search_runs(folded text)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select run[1] from regexp_matches(folded,
    '[\u0e01-\u0e4e\u0e81-\u0fbc\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+', 'g') run
$function$;

CREATE OR REPLACE FUNCTION public.search_term(word text, is_prefix boolean)
 RETURNS tsquery
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.search_text(t text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.search_unrun(folded text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(folded,
    '[\u0e01-\u0e4e\u0e81-\u0fbc\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+', ' ', 'g')
$function$;

CREATE OR REPLACE FUNCTION public.search_words(t text, ticket_day date)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.ticket_alias_key(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select case when bare ~ '^(tkt[[:space:]_-]*)?0*[1-9][0-9]*$' then regexp_replace(bare, '^(tkt[[:space:]_-]*)?0*', '') else bare end
  from lower(btrim(left(written, 100), E'# \t\r\n')) as bare
$function$;

CREATE OR REPLACE FUNCTION public.ticket_words(t tickets)
 RETURNS tsvector
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
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
end $function$;

create table admin_acts (
  id text not null,
  at timestamp with time zone not null,
  kind text not null,
  actor_kind text not null,
  actor_id text,
  subject_id text not null,
  subject_name text not null,
  fields jsonb not null,
  constraint admin_acts_pkey PRIMARY KEY (id)
);

create table agreement_evidence (
  id bigint not null generated always as identity,
  agreement_id text,
  system_id text,
  said text not null,
  source text not null,
  at timestamp with time zone not null,
  said_at timestamp with time zone,
  number text,
  company text,
  cycle integer,
  hook_id bigint,
  data jsonb not null default '{}'::jsonb,
  constraint agreement_evidence_pkey PRIMARY KEY (id),
  constraint agreement_evidence_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreements(id),
  constraint agreement_evidence_system_id_fkey FOREIGN KEY (system_id) REFERENCES linked_systems(id)
);

create table agreement_runs (
  job text not null,
  token text,
  lease_until timestamp with time zone,
  finished_at timestamp with time zone,
  checked integer not null default 0,
  acted integer not null default 0,
  constraint agreement_runs_pkey PRIMARY KEY (job)
);

create table agreements (
  id text not null,
  ticket_id text not null,
  work_system_id text not null,
  work_number text,
  record_system_id text,
  record_number text,
  company text not null default ''::text,
  customer_number text not null default ''::text,
  motive text not null default ''::text,
  operator_number text,
  state text not null,
  cycle integer not null default 1,
  closures_from timestamp with time zone not null,
  record_closed_at timestamp with time zone,
  work_status text,
  work_asked_at timestamp with time zone,
  work_closed_at timestamp with time zone,
  recreado integer not null default 0,
  wanted_at timestamp with time zone,
  tried_at timestamp with time zone,
  intent_at timestamp with time zone,
  intent_until timestamp with time zone,
  refused_at timestamp with time zone,
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint agreements_pkey PRIMARY KEY (id),
  constraint agreements_ticket_id_key UNIQUE (ticket_id),
  constraint agreements_record_system_id_fkey FOREIGN KEY (record_system_id) REFERENCES linked_systems(id),
  constraint agreements_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint agreements_work_system_id_fkey FOREIGN KEY (work_system_id) REFERENCES linked_systems(id),
  constraint agreements_closed CHECK (((closed_at IS NOT NULL) = (state = 'agreed_closed'::text))),
  constraint agreements_intent CHECK (((intent_at IS NULL) = (intent_until IS NULL))),
  constraint agreements_state CHECK ((state = ANY (ARRAY['agreed_open'::text, 'awaiting'::text, 'disagreed'::text, 'acting'::text, 'agreed_closed'::text, 'escalated'::text]))),
  constraint agreements_work_status CHECK ((work_status = ANY (ARRAY['open'::text, 'closed'::text])))
);

create table api_keys (
  id text not null,
  name text not null,
  role text not null,
  user_id text not null,
  key_hash text not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  connection_ids text[] not null default '{}'::text[],
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint api_keys_role_check CHECK ((role = ANY (ARRAY['user'::text, 'agent'::text, 'lead'::text, 'admin'::text])))
);

create table assignment_rules (
  id text not null,
  name text not null,
  priority integer not null,
  enabled boolean not null default true,
  conditions jsonb not null default '[]'::jsonb,
  action jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint assignment_rules_pkey PRIMARY KEY (id)
);

create table attachments (
  id text not null,
  message_id text,
  uploaded_by text,
  file_name text not null,
  mime_type text not null,
  size bigint,
  sha256 text,
  state text not null,
  reason text,
  provider_id text,
  is_held boolean not null default false,
  created_at timestamp with time zone not null,
  visitor_id text,
  ordinal smallint,
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint attachments_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES users(id),
  constraint attachments_check CHECK (((state <> 'stored'::text) OR ((size IS NOT NULL) AND (sha256 IS NOT NULL)))),
  constraint attachments_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'failed'::text])))
);

create table automation_rules (
  id text not null,
  name text not null,
  priority integer not null,
  enabled boolean not null default true,
  trigger text not null,
  waits_for text,
  waits_minutes integer,
  waited_until timestamp with time zone,
  conditions jsonb not null default '[]'::jsonb,
  actions jsonb not null,
  stops boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint automation_rules_pkey PRIMARY KEY (id),
  constraint automation_rules_check CHECK (((trigger = 'waiting'::text) = ((waits_for IS NOT NULL) AND (waits_minutes IS NOT NULL) AND (waited_until IS NOT NULL)))),
  constraint automation_rules_check1 CHECK (((trigger = 'waiting'::text) OR ((waits_for IS NULL) AND (waits_minutes IS NULL) AND (waited_until IS NULL)))),
  constraint automation_rules_trigger_check CHECK ((trigger = ANY (ARRAY['ticket_created'::text, 'message_received'::text, 'status_changed'::text, 'waiting'::text]))),
  constraint automation_rules_waits_for_check CHECK ((waits_for = ANY (ARRAY['us'::text, 'customer'::text]))),
  constraint automation_rules_waits_minutes_check CHECK (((waits_minutes >= 5) AND (waits_minutes <= 525600)))
);

create table calendars (
  id text not null,
  name text not null,
  timezone text not null,
  intervals jsonb not null,
  holidays jsonb not null default '[]'::jsonb,
  holiday_country text,
  holiday_region text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  next_opening_at timestamp with time zone,
  constraint calendars_pkey PRIMARY KEY (id),
  constraint calendars_intervals CHECK (((jsonb_typeof(intervals) = 'array'::text) AND (intervals <> '[]'::jsonb))),
  constraint calendars_region CHECK (((holiday_region IS NULL) OR (holiday_country IS NOT NULL)))
);

create table campaign_shipments (
  id text not null,
  campaign_id text not null,
  contact_id text,
  created_at timestamp with time zone not null,
  recipient text,
  name text not null default ''::text,
  fields jsonb not null default '{}'::jsonb,
  ordinal integer,
  state text not null default 'noted'::text,
  reason text,
  ticket_id text,
  message_id text,
  queued_at timestamp with time zone,
  constraint campaign_shipments_pkey PRIMARY KEY (id),
  constraint campaign_shipments_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id),
  constraint campaign_shipments_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint campaign_shipments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint campaign_shipments_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint campaign_shipments_state_check CHECK ((state = ANY (ARRAY['noted'::text, 'waiting'::text, 'queued'::text, 'refused'::text, 'cancelled'::text])))
);

create table campaigns (
  id text not null,
  name text not null,
  kind text not null,
  connection_id text not null,
  created_at timestamp with time zone not null,
  template jsonb,
  status text not null default 'draft'::text,
  scheduled_at timestamp with time zone,
  pace_per_minute integer,
  next_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint campaigns_pkey PRIMARY KEY (id),
  constraint campaigns_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint campaigns_kind_check CHECK ((kind = ANY (ARRAY['messaging'::text, 'marketing'::text]))),
  constraint campaigns_pace_per_minute_check CHECK ((pace_per_minute > 0)),
  constraint campaigns_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'running'::text, 'paused'::text, 'cancelled'::text, 'done'::text])))
);

create table carrier_statuses (
  carrier text not null,
  word text not null,
  canonical text not null,
  updated_at timestamp with time zone not null,
  constraint carrier_statuses_pkey PRIMARY KEY (carrier, word),
  constraint carrier_statuses_canonical_check CHECK ((canonical = ANY (ARRAY['CREATED'::text, 'PROCESSING'::text, 'SHIPPED'::text, 'IN_TRANSIT'::text, 'OUT_FOR_DELIVERY'::text, 'IN_OFFICE'::text, 'DELIVERED'::text, 'ISSUE'::text, 'RETURNED'::text, 'CANCELLED'::text, 'UNKNOWN'::text]))),
  constraint carrier_statuses_word_check CHECK (((length(word) >= 1) AND (length(word) <= 200)))
);

create table categories (
  id text not null,
  name text not null,
  reopen_window_minutes integer,
  created_at timestamp with time zone not null,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_reopen_window_minutes_check CHECK ((reopen_window_minutes >= 0))
);

create table chat_visitors (
  token_hash text not null,
  connection_id text not null,
  visitor_id text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint chat_visitors_pkey PRIMARY KEY (token_hash),
  constraint chat_visitors_visitor_id_key UNIQUE (visitor_id),
  constraint chat_visitors_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id)
);

create table connections (
  id text not null,
  kind text not null,
  name text not null,
  enabled boolean not null default true,
  reopen_window_minutes integer not null default 120,
  reopen_from text not null default 'activity'::text,
  team_ids text[] not null default '{}'::text[],
  calendar_id text,
  greeting text,
  out_of_hours_text text,
  farewell_text text,
  acknowledgements text[],
  settings jsonb not null default '{}'::jsonb,
  secrets text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  health jsonb not null default '{}'::jsonb,
  shares_number boolean not null default false,
  survey boolean not null default false,
  survey_template jsonb,
  constraint connections_pkey PRIMARY KEY (id),
  constraint connections_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  constraint connections_kind_check CHECK ((kind = ANY (ARRAY['api'::text, 'whatsapp'::text, 'webchat'::text, 'email'::text]))),
  constraint connections_reopen_from_check CHECK ((reopen_from = ANY (ARRAY['activity'::text, 'closure'::text]))),
  constraint connections_reopen_window_minutes_check CHECK ((reopen_window_minutes >= 0))
);

create table contact_identities (
  id text not null,
  contact_id text,
  kind text not null,
  scope text not null default ''::text,
  value text not null,
  created_at timestamp with time zone not null,
  replaced_by text,
  replaced_at timestamp with time zone,
  proof text not null default 'staff'::text,
  confirmed_for text,
  added_by_id text,
  former_contact_id text,
  removed_at timestamp with time zone,
  wants_marketing boolean not null default true,
  marketing_said_at timestamp with time zone,
  marketing_said_by text,
  claimed_by text,
  page text,
  referrer text,
  constraint contact_identities_pkey PRIMARY KEY (id),
  constraint contact_identities_kind_scope_value_key UNIQUE (kind, scope, value),
  constraint contact_identities_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES contact_identities(id) ON DELETE SET NULL,
  constraint contact_identities_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint contact_identities_former_contact_id_fkey FOREIGN KEY (former_contact_id) REFERENCES contacts(id),
  constraint contact_identities_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'bsuid'::text, 'visitor'::text, 'external'::text, 'group'::text]))),
  constraint contact_identities_marketing CHECK ((wants_marketing OR (marketing_said_at IS NOT NULL))),
  constraint contact_identities_marketing_said_by_check CHECK ((marketing_said_by = ANY (ARRAY['word'::text, 'channel'::text, 'refusal'::text]))),
  constraint contact_identities_proof_check CHECK ((proof = ANY (ARRAY['message'::text, 'link'::text, 'import'::text, 'staff'::text, 'visitor'::text]))),
  constraint contact_identities_removed CHECK ((((contact_id IS NULL) = (removed_at IS NOT NULL)) AND ((removed_at IS NULL) = (former_contact_id IS NULL))))
);

create table contact_merges (
  source_id text not null,
  target_id text not null,
  is_one_person boolean not null,
  merged_at timestamp with time zone not null,
  identity_ids text[] not null default '{}'::text[],
  confirmed_ids text[] not null default '{}'::text[],
  filled text[] not null default '{}'::text[],
  ticket_ids text[] not null default '{}'::text[],
  is_undoable boolean not null default false,
  released_ticket_ids text[] not null default '{}'::text[],
  constraint contact_merges_pkey PRIMARY KEY (source_id),
  constraint contact_merges_source_id_fkey FOREIGN KEY (source_id) REFERENCES contacts(id),
  constraint contact_merges_target_id_fkey FOREIGN KEY (target_id) REFERENCES contacts(id)
);

create table contact_texts (
  contact_id text not null,
  created_at timestamp with time zone not null,
  words tsvector not null,
  constraint contact_texts_pkey PRIMARY KEY (contact_id),
  constraint contact_texts_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE
);

create table contacts (
  id text not null,
  name text not null default ''::text,
  tier text,
  language text,
  custom_fields jsonb not null default '{}'::jsonb,
  is_group boolean not null default false,
  blocked boolean not null default false,
  merged_into text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  created_by_id text,
  note text not null default ''::text,
  constraint contacts_pkey PRIMARY KEY (id),
  constraint contacts_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES contacts(id)
);

create table custom_fields (
  id text not null,
  key text not null,
  label text not null,
  type text not null,
  options text[] not null default '{}'::text[],
  required boolean not null default false,
  is_public boolean not null default false,
  kinds text[] not null default '{support,conversation}'::text[],
  created_at timestamp with time zone not null,
  constraint custom_fields_pkey PRIMARY KEY (id),
  constraint custom_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'boolean'::text, 'date'::text, 'select'::text, 'multi_select'::text])))
);

create table customer_emails (
  event_id bigint not null,
  ticket_id text not null,
  message_id text,
  due_at timestamp with time zone not null,
  constraint customer_emails_pkey PRIMARY KEY (event_id),
  constraint customer_emails_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  constraint customer_emails_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE
);

create table delivery_reports (
  connection_id text not null,
  external_id text not null,
  status text not null,
  participant text not null default ''::text,
  at timestamp with time zone not null,
  code integer,
  reason text,
  message_id text,
  constraint delivery_reports_pkey PRIMARY KEY (connection_id, external_id, status, participant),
  constraint delivery_reports_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint delivery_reports_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint delivery_reports_status_check CHECK ((status = ANY (ARRAY['sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
);

create table drafts (
  user_id text not null,
  ticket_id text not null,
  mode text not null,
  content text not null,
  updated_at timestamp with time zone not null,
  constraint drafts_pkey PRIMARY KEY (user_id, ticket_id, mode),
  constraint drafts_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint drafts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint drafts_mode_check CHECK ((mode = ANY (ARRAY['reply'::text, 'note'::text])))
);

create table event_readers (
  name text not null,
  "position" bigint not null,
  constraint event_readers_pkey PRIMARY KEY (name)
);

create table events (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  kind text not null,
  ticket_id text,
  subject_id text,
  actor_kind text not null,
  actor_id text,
  cause_id bigint,
  depth integer not null default 0,
  data jsonb not null default '{}'::jsonb,
  why jsonb,
  "position" bigint,
  placed_at timestamp with time zone,
  team_id text,
  assignee_id text,
  constraint events_pkey PRIMARY KEY (id),
  constraint events_imported_are_past CHECK ((((data ->> 'origin'::text) IS DISTINCT FROM 'import'::text) OR (NOT ("position" IS DISTINCT FROM 0))))
);

create table failed_deliveries (
  id text not null,
  delivery_id bigint not null,
  connection_id text not null,
  ordinal integer not null,
  element json not null,
  reason text not null,
  tries integer not null,
  created_at timestamp with time zone not null,
  replayed_at timestamp with time zone,
  cause text not null generated always as (COALESCE("substring"(reason, '^(?:[A-Za-z]*Error: )?([a-z]+(?:_[a-z]+)+)(?::|$)'::text), 'other'::text)) stored,
  summary jsonb,
  ticket_id text,
  constraint failed_deliveries_pkey PRIMARY KEY (id),
  constraint failed_deliveries_delivery_id_ordinal_key UNIQUE (delivery_id, ordinal),
  constraint failed_deliveries_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint failed_deliveries_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries(id),
  constraint failed_deliveries_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table idempotency_keys (
  principal text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  state text not null,
  status integer,
  body json,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (principal, route, key),
  constraint idempotency_keys_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'secret'::text])))
);

create table imported_records (
  key uuid not null,
  id text not null,
  identity_id text,
  parent_key uuid,
  constraint imported_records_pkey PRIMARY KEY (key)
);

create table incident_counts (
  id bigint not null generated always as identity,
  status text not null,
  trigger text not null,
  priority text not null,
  n bigint not null,
  resolved bigint not null default 0,
  resolved_ms bigint not null default 0,
  constraint incident_counts_pkey PRIMARY KEY (id)
);

create table incident_entries (
  id bigint not null generated always as identity,
  ticket_id text not null,
  at timestamp with time zone not null,
  action text not null,
  actor text not null,
  details jsonb not null default '{}'::jsonb,
  times integer not null default 1,
  hour timestamp with time zone,
  constraint incident_entries_pkey PRIMARY KEY (id),
  constraint incident_entries_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint incident_entries_action_check CHECK ((action = ANY (ARRAY['TICKET_CREATED'::text, 'DUPLICATE_TRIGGER_RECEIVED'::text, 'ADMIN_UPDATE'::text, 'PRIORITY_UPGRADED'::text]))),
  constraint incident_entries_actor_check CHECK ((actor = ANY (ARRAY['system'::text, 'user'::text])))
);

create table incident_refs (
  id bigint not null generated always as identity,
  thread_key text not null,
  kind text not null,
  ref text not null,
  ticket_id text not null,
  constraint incident_refs_pkey PRIMARY KEY (thread_key, kind, ref),
  constraint incident_refs_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint incident_refs_kind_check CHECK ((kind = ANY (ARRAY['action'::text, 'event'::text]))),
  constraint incident_refs_ref_check CHECK (((ref ~ '^[A-Za-z0-9_-]+$'::text) AND (length(ref) <= 64)))
);

create table incidents (
  ticket_id text not null,
  guia text not null,
  trigger text not null,
  cause text,
  status text not null default 'open'::text,
  priority text not null default 'medium'::text,
  created_at timestamp with time zone not null,
  fecha text,
  ciudad_de_destino text,
  transportadora text,
  estatus text,
  novedad text,
  ultimo_movimiento text,
  fecha_de_ultimo_movimiento text,
  fecha_de_generacion_de_guia text,
  failure_code integer,
  failure_reason text,
  retry_count integer,
  phone_hash text,
  canonical text,
  is_final boolean not null default false,
  moved_at timestamp with time zone,
  carrier text not null default ''::text,
  city text not null default ''::text,
  score integer not null default 0,
  entry_count integer not null default 0,
  ref_count integer not null default 0,
  constraint incidents_pkey PRIMARY KEY (ticket_id),
  constraint incidents_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint incidents_check CHECK ((GREATEST(length(fecha), length(ciudad_de_destino), length(transportadora), length(estatus), length(novedad), length(ultimo_movimiento), length(fecha_de_ultimo_movimiento), length(fecha_de_generacion_de_guia), length(failure_reason)) <= 500)),
  constraint incidents_guia_check CHECK (((guia ~ '^([A-Z0-9-]+|SYSTEM-[A-Za-z0-9_-]+)$'::text) AND ((length(guia) >= 4) AND (length(guia) <= 60)))),
  constraint incidents_phone_hash_check CHECK (((phone_hash ~ '^(ph_)?[0-9a-f]+$'::text) AND ((length(phone_hash) >= 32) AND (length(phone_hash) <= 67)))),
  constraint incidents_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint incidents_trigger_check CHECK ((trigger = ANY (ARRAY['FAILED_4XX'::text, 'FAILED_5XX_RETRIES'::text, 'NO_MOVEMENT_AFTER_CONTACT'::text, 'AT_OFFICE_STILL'::text])))
);

create table linked_systems (
  id text not null,
  kind text not null,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  secrets text,
  deleted_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_seen_at timestamp with time zone,
  failing_since timestamp with time zone,
  failure text,
  constraint linked_systems_pkey PRIMARY KEY (id),
  constraint linked_systems_failure CHECK (((failing_since IS NULL) = (failure IS NULL)))
);

create table macro_runs (
  id text not null,
  macro_id text not null,
  ticket_id text not null,
  user_id text not null,
  changes jsonb not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint macro_runs_pkey PRIMARY KEY (id),
  constraint macro_runs_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint macro_runs_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table macros (
  id text not null,
  name text not null,
  usable_when text[] not null,
  reply jsonb,
  actions jsonb not null,
  visibility text not null,
  owner_id text not null,
  team_id text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint macros_pkey PRIMARY KEY (id),
  constraint macros_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint macros_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  constraint macros_check CHECK (((visibility = 'team'::text) = (team_id IS NOT NULL))),
  constraint macros_visibility_check CHECK ((visibility = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
);

create table mail_ids (
  connection_id text not null,
  digest text not null,
  thread_id text not null,
  is_borne boolean not null,
  constraint mail_ids_pkey PRIMARY KEY (connection_id, digest),
  constraint mail_ids_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint mail_ids_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES mail_threads(id)
);

create table mail_participants (
  thread_id text not null,
  address text not null,
  name text not null,
  role text not null,
  joined_at timestamp with time zone not null,
  id text not null default ('fol_'::text || replace((gen_random_uuid())::text, '-'::text, ''::text)),
  is_added boolean not null default false,
  removed_at timestamp with time zone,
  constraint mail_participants_pkey PRIMARY KEY (thread_id, address),
  constraint mail_participants_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES mail_threads(id),
  constraint mail_participants_role_check CHECK ((role = ANY (ARRAY['requester'::text, 'follower'::text])))
);

create table mail_threads (
  id text not null,
  connection_id text not null,
  created_at timestamp with time zone not null,
  constraint mail_threads_pkey PRIMARY KEY (id),
  constraint mail_threads_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id)
);

create table mailboxes (
  connection_id text not null,
  folder text not null,
  uid_validity bigint,
  last_uid bigint not null default 0,
  silent_uid bigint not null default 0,
  lease bigint not null default 0,
  leased_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  checked_at timestamp with time zone,
  reconciled_at timestamp with time zone,
  stuck_tries integer not null default 0,
  failures integer not null default 0,
  failing_since timestamp with time zone,
  failed_at timestamp with time zone,
  failure text,
  next_try_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  stuck_uid bigint,
  begun_at timestamp with time zone,
  alerted_at timestamp with time zone,
  flood_alerted_at timestamp with time zone,
  constraint mailboxes_pkey PRIMARY KEY (connection_id),
  constraint mailboxes_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id)
);

create table mentions (
  message_id text not null,
  user_id text not null,
  constraint mentions_pkey PRIMARY KEY (user_id, message_id),
  constraint mentions_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  constraint mentions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table message_mails (
  message_id text not null,
  thread_id text not null,
  mail_id text,
  subject text not null,
  sender jsonb not null,
  reply_to jsonb not null,
  recipients jsonb not null,
  in_reply_to text[] not null,
  reference_ids text[] not null,
  writer_role text,
  automatic text not null,
  auth text not null,
  claims_to_be_us boolean not null,
  html text,
  folded_from integer,
  quoted_from integer,
  raw_sha256 text,
  is_silent boolean not null default false,
  quoted_id text,
  constraint message_mails_pkey PRIMARY KEY (message_id),
  constraint message_mails_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint message_mails_quoted_id_fkey FOREIGN KEY (quoted_id) REFERENCES messages(id),
  constraint message_mails_thread_id_fkey FOREIGN KEY (thread_id) REFERENCES mail_threads(id),
  constraint message_mails_auth_check CHECK ((auth = ANY (ARRAY['pass'::text, 'fail'::text, 'unknown'::text]))),
  constraint message_mails_automatic_check CHECK ((automatic = ANY (ARRAY['no'::text, 'auto_reply'::text, 'bounce'::text, 'list'::text, 'receipt'::text]))),
  constraint message_mails_writer_role_check CHECK ((writer_role = ANY (ARRAY['requester'::text, 'follower'::text, 'stranger'::text])))
);

create table messages (
  id text not null,
  ticket_id text not null,
  origin_ticket_id text,
  connection_id text,
  external_id text,
  kind text not null default 'message'::text,
  direction text not null,
  sender_kind text not null,
  sender_id text,
  content text not null,
  content_html text,
  is_internal boolean not null default false,
  reply_to text,
  delivery_state text not null default 'received'::text,
  delivery_reason text,
  sent_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  delivery_code integer,
  ticket_day date not null default '-infinity'::date,
  words tsvector not null generated always as (search_words(content, ticket_day)) stored,
  "position" bigint not null default nextval('message_positions'::regclass),
  contact_id text,
  identity_id text,
  address text,
  client_key text,
  delivery_settled_at timestamp with time zone,
  sealed_content text,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint messages_origin_ticket_id_fkey FOREIGN KEY (origin_ticket_id) REFERENCES tickets(id),
  constraint messages_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint messages_check CHECK (((NOT is_internal) OR (sender_kind = ANY (ARRAY['user'::text, 'system'::text])))),
  constraint messages_delivery_state_check CHECK ((delivery_state = ANY (ARRAY['received'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text, 'unreachable'::text]))),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint messages_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'reaction'::text, 'system'::text]))),
  constraint messages_sender_kind_check CHECK ((sender_kind = ANY (ARRAY['contact'::text, 'user'::text, 'system'::text, 'bot'::text])))
);

create table notification_preferences (
  user_id text not null,
  kinds jsonb not null default '{}'::jsonb,
  quiet_from text,
  quiet_to text,
  constraint notification_preferences_pkey PRIMARY KEY (user_id),
  constraint notification_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint notification_preferences_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint notification_preferences_check1 CHECK ((quiet_from <> quiet_to)),
  constraint notification_preferences_kinds_check CHECK ((jsonb_typeof(kinds) = 'object'::text)),
  constraint notification_preferences_quiet_from_check CHECK ((quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint notification_preferences_quiet_to_check CHECK ((quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
);

create table notifications (
  id text not null,
  user_id text not null,
  kind text not null,
  ticket_id text,
  message_id text,
  by_kind text not null,
  by_id text,
  event_id bigint not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  connection_id text,
  constraint notifications_pkey PRIMARY KEY (id),
  constraint notifications_event_id_kind_user_id_key UNIQUE (event_id, kind, user_id),
  constraint notifications_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint notifications_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint notifications_kind_check CHECK ((kind = ANY (ARRAY['mentioned'::text, 'assigned'::text, 'unassigned'::text, 'answered'::text, 'merged_away'::text, 'freed'::text, 'sla_warning'::text, 'sla_breached'::text, 'escalated'::text, 'new_unassigned'::text, 'connection_failing'::text, 'connection_well'::text, 'connection_flooded'::text]))),
  constraint notifications_of_ticket_or_connection CHECK ((num_nonnulls(ticket_id, connection_id) = 1))
);

create table oauth_grants (
  connection_id text not null,
  tokens text not null,
  access_ends_at timestamp with time zone not null,
  granted_at timestamp with time zone not null,
  refreshed_at timestamp with time zone,
  claim bigint not null default 0,
  claimed_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  failures integer not null default 0,
  refusals integer not null default 0,
  failure text,
  retry_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  ended_at timestamp with time zone,
  constraint oauth_grants_pkey PRIMARY KEY (connection_id),
  constraint oauth_grants_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint oauth_grants_failure_check CHECK ((failure = ANY (ARRAY['refused'::text, 'app'::text, 'server'::text])))
);

create table oauth_sign_ins (
  connection_id text not null,
  state_hash text not null,
  session_hash text not null,
  code_verifier text not null,
  ends_at timestamp with time zone not null,
  constraint oauth_sign_ins_pkey PRIMARY KEY (connection_id),
  constraint oauth_sign_ins_state_hash_key UNIQUE (state_hash),
  constraint oauth_sign_ins_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id)
);

create table outgoing_emails (
  id text not null,
  recipient text not null,
  sealed text,
  state text not null default 'queued'::text,
  tries integer not null default 0,
  due_at timestamp with time zone not null,
  reason text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  give_up_at timestamp with time zone not null,
  constraint outgoing_emails_pkey PRIMARY KEY (id),
  constraint outgoing_emails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text, 'refused'::text, 'dropped'::text])))
);

create table password_links (
  token_hash text not null,
  user_id text not null,
  given_by text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  mail_id text,
  constraint password_links_pkey PRIMARY KEY (token_hash),
  constraint password_links_given_by_fkey FOREIGN KEY (given_by) REFERENCES users(id) ON DELETE CASCADE,
  constraint password_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table presence (
  user_id text not null,
  status text,
  chosen_at timestamp with time zone,
  connected_until timestamp with time zone,
  reported_status text not null default 'offline'::text,
  constraint presence_pkey PRIMARY KEY (user_id),
  constraint presence_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint presence_status_check CHECK ((status = ANY (ARRAY['online'::text, 'busy'::text, 'away'::text, 'offline'::text])))
);

create table public_holidays (
  country text not null,
  region text not null,
  date date not null,
  name text not null,
  constraint public_holidays_pkey PRIMARY KEY (country, region, date)
);

create table rate_limits (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table routing_queue (
  ticket_id text not null,
  event_id bigint not null,
  team_id text,
  created_at timestamp with time zone not null,
  tries integer not null default 0,
  constraint routing_queue_pkey PRIMARY KEY (ticket_id)
);

create table routing_rotation (
  team_id text not null,
  user_id text not null,
  constraint routing_rotation_pkey PRIMARY KEY (team_id),
  constraint routing_rotation_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
);

create table saved_replies (
  id text not null,
  name text not null,
  content text not null,
  language text,
  visibility text not null,
  owner_id text not null,
  team_id text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint saved_replies_pkey PRIMARY KEY (id),
  constraint saved_replies_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint saved_replies_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  constraint saved_replies_check CHECK (((visibility = 'team'::text) = (team_id IS NOT NULL))),
  constraint saved_replies_visibility_check CHECK ((visibility = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table sends (
  message_id text not null,
  connection_id text not null,
  recipient text not null,
  state text not null default 'queued'::text,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  claimed_at timestamp with time zone,
  error_code integer,
  error_class text,
  created_at timestamp with time zone not null,
  template jsonb,
  http_status integer,
  revive_at timestamp with time zone,
  revived smallint not null default 0,
  sealed_template text,
  constraint sends_pkey PRIMARY KEY (message_id),
  constraint sends_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint sends_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id),
  constraint sends_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'unknown'::text, 'failed'::text, 'cancelled'::text])))
);

create table sessions (
  token_hash text not null,
  user_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table settings (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null default now(),
  constraint settings_pkey PRIMARY KEY (name)
);

create table setup_links (
  token_hash text not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone,
  constraint setup_links_pkey PRIMARY KEY (token_hash)
);

create table shipment_actions (
  action_id text not null,
  guia text not null,
  type text not null,
  status text not null,
  at timestamp with time zone not null,
  http_code integer,
  error_code integer,
  error_class text,
  retry_count integer not null default 0,
  phone_hash text,
  created_at timestamp with time zone not null,
  constraint shipment_actions_pkey PRIMARY KEY (action_id),
  constraint shipment_actions_action_id_check CHECK (((action_id ~ '^[A-Za-z0-9_-]+$'::text) AND (length(action_id) <= 64))),
  constraint shipment_actions_phone_hash_check CHECK (((phone_hash ~ '^(ph_)?[0-9a-f]+$'::text) AND ((length(phone_hash) >= 32) AND (length(phone_hash) <= 67)))),
  constraint shipment_actions_status_check CHECK ((status = ANY (ARRAY['SUCCESS'::text, 'FAILED'::text])))
);

create table shipments (
  guia text not null,
  carrier text not null default ''::text,
  word text not null default ''::text,
  canonical text not null,
  is_final boolean not null default false,
  transportadora text,
  estatus text,
  ciudad_de_destino text,
  novedad text,
  ultimo_movimiento text,
  fecha_de_generacion_de_guia text,
  moved_at timestamp with time zone not null,
  event_id text not null,
  updated_at timestamp with time zone not null,
  constraint shipments_pkey PRIMARY KEY (guia),
  constraint shipments_canonical_check CHECK ((canonical = ANY (ARRAY['CREATED'::text, 'PROCESSING'::text, 'SHIPPED'::text, 'IN_TRANSIT'::text, 'OUT_FOR_DELIVERY'::text, 'IN_OFFICE'::text, 'DELIVERED'::text, 'ISSUE'::text, 'RETURNED'::text, 'CANCELLED'::text, 'UNKNOWN'::text]))),
  constraint shipments_guia_check CHECK (((guia ~ '^[A-Z0-9-]+$'::text) AND ((length(guia) >= 4) AND (length(guia) <= 40))))
);

create table sign_in_link_requests (
  id text not null,
  email text not null,
  created_at timestamp with time zone not null,
  constraint sign_in_link_requests_pkey PRIMARY KEY (id)
);

create table sign_in_links (
  token_hash text not null,
  email text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  mail_id text,
  constraint sign_in_links_pkey PRIMARY KEY (token_hash)
);

create table simulations (
  id text not null,
  kind text not null,
  user_id text not null,
  state text not null default 'running'::text,
  progress real not null default 0,
  checked integer not null default 0,
  differing integer not null default 0,
  items jsonb not null default '[]'::jsonb,
  touched_at timestamp with time zone not null default now(),
  constraint simulations_pkey PRIMARY KEY (id),
  constraint simulations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint simulations_progress CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
  constraint simulations_state CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);

create table sla_policies (
  id text not null,
  name text not null,
  priority integer not null,
  is_default boolean not null default false,
  enabled boolean not null default true,
  conditions jsonb not null default '[]'::jsonb,
  calendar_id text,
  targets jsonb,
  visible_to_customer boolean not null default false,
  escalations jsonb not null default '[]'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint sla_policies_pkey PRIMARY KEY (id),
  constraint sla_policies_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id)
);

create table sla_recomputations (
  ticket_id text not null,
  is_quiet boolean not null,
  heir_id text,
  queued_at timestamp with time zone not null,
  in_bulk boolean not null default false,
  has_moved boolean not null default false,
  constraint sla_recomputations_pkey PRIMARY KEY (ticket_id)
);

create table sla_targets (
  id bigint not null generated always as identity,
  ticket_id text not null,
  counted_on text not null,
  cycle integer not null,
  metric text not null,
  policy_id text,
  calendar_id text,
  minutes integer,
  started_at timestamp with time zone not null,
  started_by text not null,
  pauses jsonb not null default '[]'::jsonb,
  paused_at timestamp with time zone,
  warn_at timestamp with time zone,
  due_at timestamp with time zone,
  left_ms bigint,
  warned_at timestamp with time zone,
  breached_at timestamp with time zone,
  ended_at timestamp with time zone,
  outcome text,
  wakes_at timestamp with time zone,
  constraint sla_targets_pkey PRIMARY KEY (id),
  constraint sla_targets_counted_on_fkey FOREIGN KEY (counted_on) REFERENCES tickets(id),
  constraint sla_targets_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint sla_targets_end CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint sla_targets_metric_check CHECK ((metric = ANY (ARRAY['first_response'::text, 'next_response'::text, 'resolution'::text]))),
  constraint sla_targets_outcome_check CHECK ((outcome = ANY (ARRAY['met'::text, 'breached'::text, 'none'::text]))),
  constraint sla_targets_started_by_check CHECK ((started_by = ANY (ARRAY['created'::text, 'reopened'::text, 'customer_message'::text])))
);

create table splynx_nonces (
  system_id text not null,
  nonce bigint not null,
  constraint splynx_nonces_pkey PRIMARY KEY (system_id),
  constraint splynx_nonces_system_id_fkey FOREIGN KEY (system_id) REFERENCES linked_systems(id)
);

create table suggested_links (
  ticket_id text not null,
  other_id text not null,
  because text not null,
  created_at timestamp with time zone not null,
  dismissed_at timestamp with time zone,
  constraint suggested_links_pkey PRIMARY KEY (ticket_id, other_id),
  constraint suggested_links_other_id_fkey FOREIGN KEY (other_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint suggested_links_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint suggested_links_because_check CHECK ((because = ANY (ARRAY['number'::text, 'thread'::text, 'same_mail'::text]))),
  constraint suggested_links_check CHECK ((ticket_id <> other_id))
);

create table surveys (
  id text not null,
  ticket_id text not null,
  cycle integer not null,
  token_hash text not null,
  language text not null,
  way text not null,
  sent_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  score smallint,
  comment text,
  answered_at timestamp with time zone,
  constraint surveys_pkey PRIMARY KEY (id),
  constraint surveys_once_a_cycle UNIQUE (ticket_id, cycle),
  constraint surveys_token_hash_key UNIQUE (token_hash),
  constraint surveys_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint surveys_answer CHECK ((((score IS NULL) = (answered_at IS NULL)) AND ((comment IS NULL) OR (score IS NOT NULL)))),
  constraint surveys_score_check CHECK (((score >= 1) AND (score <= 5)))
);

create table system_hooks (
  id bigint not null generated always as identity,
  system_id text not null,
  path text not null,
  digest text not null,
  body text not null,
  is_hint boolean not null,
  received_at timestamp with time zone not null,
  state text not null default 'stored'::text,
  outcome text,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  constraint system_hooks_pkey PRIMARY KEY (id),
  constraint system_hooks_system_id_path_digest_key UNIQUE (system_id, path, digest),
  constraint system_hooks_system_id_fkey FOREIGN KEY (system_id) REFERENCES linked_systems(id),
  constraint system_hooks_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'done'::text, 'failed'::text])))
);

create table team_members (
  team_id text not null,
  user_id text not null,
  is_lead boolean not null default false,
  constraint team_members_pkey PRIMARY KEY (team_id, user_id),
  constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  constraint team_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table teams (
  id text not null,
  name text not null,
  is_default boolean not null default false,
  auto_assign text[] not null default '{support}'::text[],
  created_at timestamp with time zone not null,
  constraint teams_pkey PRIMARY KEY (id)
);

create table templates (
  connection_id text not null,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  components jsonb not null default '[]'::jsonb,
  synced_at timestamp with time zone not null,
  constraint templates_pkey PRIMARY KEY (connection_id, name, language),
  constraint templates_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id)
);

create table thread_aliases (
  thread_key text not null,
  ticket_id text not null,
  created_at timestamp with time zone not null,
  constraint thread_aliases_pkey PRIMARY KEY (thread_key),
  constraint thread_aliases_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id)
);

create table ticket_access_log (
  user_id text not null,
  ticket_id text not null,
  day date not null,
  constraint ticket_access_log_pkey PRIMARY KEY (day, user_id, ticket_id),
  constraint ticket_access_log_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint ticket_access_log_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table ticket_categories (
  ticket_id text not null,
  category_id text not null,
  constraint ticket_categories_pkey PRIMARY KEY (ticket_id, category_id),
  constraint ticket_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE,
  constraint ticket_categories_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE
);

create table ticket_field_history (
  change_id text not null,
  field text not null,
  ticket_id text not null,
  old jsonb,
  new jsonb,
  constraint ticket_field_history_pkey PRIMARY KEY (change_id, field),
  constraint ticket_field_history_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE
);

create table ticket_field_values (
  ticket_id text not null,
  key text not null,
  value text not null,
  constraint ticket_field_values_pkey PRIMARY KEY (ticket_id, key, value),
  constraint ticket_field_values_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE
);

create table ticket_links (
  from_id text not null,
  to_id text not null,
  type text not null,
  created_at timestamp with time zone not null,
  constraint ticket_links_pkey PRIMARY KEY (from_id, to_id, type),
  constraint ticket_links_from_id_fkey FOREIGN KEY (from_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint ticket_links_to_id_fkey FOREIGN KEY (to_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint ticket_links_check CHECK ((from_id <> to_id)),
  constraint ticket_links_type_check CHECK ((type = ANY (ARRAY['related'::text, 'follow_up'::text, 'conversation'::text, 'split'::text, 'merged'::text])))
);

create table ticket_merges (
  source_id text not null,
  target_id text not null,
  status text not null,
  thread_key text,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  resolution text,
  snoozed_until timestamp with time zone,
  unread_messages integer not null,
  target_first_response_at timestamp with time zone,
  adopted_contact boolean not null default false,
  adopted_connection boolean not null default false,
  message_ids text[] not null,
  reason text,
  merged_at timestamp with time zone not null,
  constraint ticket_merges_pkey PRIMARY KEY (source_id),
  constraint ticket_merges_source_id_fkey FOREIGN KEY (source_id) REFERENCES tickets(id),
  constraint ticket_merges_target_id_fkey FOREIGN KEY (target_id) REFERENCES tickets(id)
);

create table ticket_number_aliases (
  alias text not null,
  key text not null generated always as (ticket_alias_key(alias)) stored,
  ticket_id text not null,
  created_at timestamp with time zone not null,
  constraint ticket_number_aliases_pkey PRIMARY KEY (key, ticket_id),
  constraint ticket_number_aliases_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint ticket_number_aliases_key_check CHECK ((key <> ''::text))
);

create table ticket_sla (
  ticket_id text not null,
  cycle integer not null,
  policy_id text,
  state text not null,
  due_at timestamp with time zone,
  paused_at timestamp with time zone,
  breached_at timestamp with time zone,
  has_met boolean not null default false,
  is_running boolean not null default false,
  constraint ticket_sla_pkey PRIMARY KEY (ticket_id),
  constraint ticket_sla_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id),
  constraint ticket_sla_state_check CHECK ((state = ANY (ARRAY['none'::text, 'on_track'::text, 'warning'::text, 'breached'::text, 'met'::text, 'paused'::text])))
);

create table ticket_texts (
  ticket_id text not null,
  words tsvector not null,
  constraint ticket_texts_pkey PRIMARY KEY (ticket_id),
  constraint ticket_texts_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE
);

create table ticket_transitions (
  kind text not null,
  from_status text not null,
  to_status text not null,
  constraint ticket_transitions_pkey PRIMARY KEY (kind, from_status, to_status)
);

create table tickets (
  id text not null,
  number text not null default next_ticket_number(),
  kind text not null,
  thread_key text,
  status text not null,
  active boolean not null generated always as (
CASE kind
    WHEN 'conversation'::text THEN (status = ANY (ARRAY['pending'::text, 'open'::text]))
    WHEN 'support'::text THEN (status = ANY (ARRAY['open'::text, 'pending'::text]))
    WHEN 'incident'::text THEN (status = ANY (ARRAY['open'::text, 'in_progress'::text]))
    ELSE (status = ANY (ARRAY['open'::text, 'closing'::text]))
END) stored,
  phase text not null generated always as (
CASE
    WHEN (status = 'closed'::text) THEN 'closed'::text
    WHEN ((status = 'resolved'::text) OR (status = 'closing'::text)) THEN 'resolved'::text
    WHEN (kind = 'conversation'::text) THEN
    CASE status
        WHEN 'pending'::text THEN 'new'::text
        ELSE 'active'::text
    END
    WHEN (kind = 'support'::text) THEN
    CASE
        WHEN (status = 'pending'::text) THEN 'waiting'::text
        WHEN (assignee_id IS NULL) THEN 'new'::text
        ELSE 'active'::text
    END
    WHEN (kind = 'incident'::text) THEN
    CASE status
        WHEN 'open'::text THEN 'new'::text
        ELSE 'active'::text
    END
    ELSE 'active'::text
END) stored,
  subject text not null default ''::text,
  description text not null default ''::text,
  priority text not null default 'medium'::text,
  channel text not null,
  contact_id text,
  connection_id text,
  is_group boolean not null default false,
  assignee_id text,
  team_id text,
  tags text[] not null default '{}'::text[],
  custom_fields jsonb not null default '{}'::jsonb,
  campaign_shipment_id text,
  unread_messages integer not null default 0,
  message_count integer not null default 0,
  first_message_at timestamp with time zone,
  last_message_at timestamp with time zone not null,
  reopen_count integer not null default 0,
  cycle integer not null default 1,
  snoozed_until timestamp with time zone,
  first_response_at timestamp with time zone,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  resolution text,
  merged_into text,
  created_by_kind text not null,
  created_by_id text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  requester_identity_id text,
  origin_contact_id text,
  quiet_since timestamp with time zone,
  closing_announced_at timestamp with time zone,
  survey_score smallint,
  waiting_since timestamp with time zone,
  constraint tickets_pkey PRIMARY KEY (id),
  constraint tickets_number_key UNIQUE (number),
  constraint tickets_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id),
  constraint tickets_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint tickets_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint tickets_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES tickets(id),
  constraint tickets_origin_contact_id_fkey FOREIGN KEY (origin_contact_id) REFERENCES contacts(id),
  constraint tickets_requester_identity_id_fkey FOREIGN KEY (requester_identity_id) REFERENCES contact_identities(id),
  constraint tickets_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id),
  constraint tickets_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'whatsapp'::text, 'email'::text, 'chat'::text, 'api'::text, 'phone'::text]))),
  constraint tickets_check CHECK ((((kind = 'conversation'::text) AND (status = ANY (ARRAY['pending'::text, 'open'::text, 'closed'::text]))) OR ((kind = 'support'::text) AND (status = ANY (ARRAY['open'::text, 'pending'::text, 'resolved'::text, 'closed'::text]))) OR ((kind = 'incident'::text) AND (status = ANY (ARRAY['open'::text, 'in_progress'::text, 'resolved'::text, 'closed'::text]))) OR ((kind = 'mirrored'::text) AND (status = ANY (ARRAY['open'::text, 'closing'::text, 'closed'::text]))))),
  constraint tickets_incident_is_about_nobody CHECK (((kind <> 'incident'::text) OR ((contact_id IS NULL) AND (connection_id IS NULL) AND (campaign_shipment_id IS NULL) AND (NOT is_group) AND (description = ''::text) AND (custom_fields = '{}'::jsonb) AND (priority = ANY (ARRAY['medium'::text, 'high'::text])) AND (subject ~ '^((FAILED_4XX|FAILED_5XX_RETRIES|NO_MOVEMENT_AFTER_CONTACT|AT_OFFICE_STILL) · [A-Za-z0-9_-]+)?$'::text) AND (length(subject) <= 90)))),
  constraint tickets_message_count_check CHECK ((message_count >= 0)),
  constraint tickets_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'urgent'::text]))),
  constraint tickets_survey_score CHECK (((survey_score >= 1) AND (survey_score <= 5))),
  constraint tickets_unread_messages_check CHECK ((unread_messages >= 0))
);

create table tracking_events (
  event_id text not null,
  guia text not null,
  at timestamp with time zone not null,
  carrier text not null,
  word text not null,
  canonical text not null,
  created_at timestamp with time zone not null,
  constraint tracking_events_pkey PRIMARY KEY (event_id),
  constraint tracking_events_event_id_check CHECK (((event_id ~ '^[A-Za-z0-9_-]+$'::text) AND (length(event_id) <= 64)))
);

create table tracking_links (
  token_hash text not null,
  ticket_id text not null,
  identity_id text not null,
  mail_id text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  session_hash text,
  form_keys text[] not null default '{}'::text[],
  mailbox text not null,
  constraint tracking_links_pkey PRIMARY KEY (token_hash),
  constraint tracking_links_session_hash_key UNIQUE (session_hash),
  constraint tracking_links_identity_id_fkey FOREIGN KEY (identity_id) REFERENCES contact_identities(id) ON DELETE CASCADE,
  constraint tracking_links_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE,
  constraint tracking_links_used CHECK (((used_at IS NULL) = (session_hash IS NULL)))
);

create table unknown_carrier_statuses (
  carrier text not null,
  word text not null,
  times bigint not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint unknown_carrier_statuses_pkey PRIMARY KEY (carrier, word),
  constraint unknown_carrier_statuses_word_check CHECK (((length(word) >= 1) AND (length(word) <= 200)))
);

create table users (
  id text not null,
  email text not null,
  name text not null,
  role text not null,
  password_hash text,
  capacity integer not null default 20,
  phone text,
  language text not null default 'es'::text,
  timezone text not null default 'America/Bogota'::text,
  external_ids jsonb not null default '{}'::jsonb,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  contact_id text,
  calendar_id text,
  after_closing text not null default 'stay'::text,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id),
  constraint users_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id),
  constraint users_after_closing_check CHECK ((after_closing = ANY (ARRAY['next'::text, 'stay'::text, 'list'::text]))),
  constraint users_capacity_check CHECK ((capacity >= 0)),
  constraint users_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text]))),
  constraint users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'agent'::text, 'lead'::text, 'admin'::text])))
);

create table views (
  id text not null,
  name text not null,
  visibility text not null,
  owner_id text not null,
  team_id text,
  filters jsonb not null,
  sort text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint views_pkey PRIMARY KEY (id),
  constraint views_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint views_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
  constraint views_check CHECK (((visibility = 'team'::text) = (team_id IS NOT NULL))),
  constraint views_visibility_check CHECK ((visibility = ANY (ARRAY['me'::text, 'team'::text, 'all'::text])))
);

create table webhook_deliveries (
  id bigint not null generated always as identity,
  connection_id text not null,
  digest text not null,
  body text not null,
  received_at timestamp with time zone not null,
  state text not null default 'stored'::text,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  "position" bigint not null default nextval('message_positions'::regclass),
  held_for text,
  file_sha256 text,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_connection_id_digest_key UNIQUE (connection_id, digest),
  constraint webhook_deliveries_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'done'::text, 'held'::text])))
);

CREATE INDEX admin_acts_in_order ON public.admin_acts USING btree (at DESC, id DESC);

CREATE INDEX agreement_evidence_of_agreement ON public.agreement_evidence USING btree (agreement_id, id);

CREATE INDEX agreement_evidence_of_number ON public.agreement_evidence USING btree (number, system_id) WHERE (cycle IS NULL);

CREATE INDEX agreement_evidence_of_system ON public.agreement_evidence USING btree (system_id);

CREATE INDEX agreement_evidence_unmatched ON public.agreement_evidence USING btree (id) WHERE (agreement_id IS NULL);

CREATE INDEX agreements_board ON public.agreements USING btree (work_closed_at, id DESC);

CREATE INDEX agreements_by_state ON public.agreements USING btree (state, id);

CREATE INDEX agreements_of_record ON public.agreements USING btree (record_number, record_system_id);

CREATE INDEX agreements_of_record_system ON public.agreements USING btree (record_system_id);

CREATE INDEX agreements_of_work ON public.agreements USING btree (work_system_id, work_number);

CREATE INDEX agreements_of_work_system ON public.agreements USING btree (work_system_id, id) WHERE (closed_at IS NULL);

CREATE INDEX agreements_unsettled ON public.agreements USING btree (id) WHERE ((closed_at IS NULL) AND ((work_closed_at IS NOT NULL) OR (wanted_at IS NOT NULL) OR (intent_at IS NOT NULL)));

CREATE INDEX agreements_wanted ON public.agreements USING btree (wanted_at) WHERE ((wanted_at IS NOT NULL) AND (tried_at IS NULL));

CREATE INDEX agreements_with_window ON public.agreements USING btree (work_closed_at) WHERE ((work_closed_at IS NOT NULL) AND (tried_at IS NULL));

CREATE INDEX attachments_of_content ON public.attachments USING btree (sha256);

CREATE INDEX attachments_of_message ON public.attachments USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX attachments_unsent ON public.attachments USING btree (created_at) WHERE (message_id IS NULL);

CREATE INDEX campaign_shipments_of_campaign ON public.campaign_shipments USING btree (campaign_id, id);

CREATE UNIQUE INDEX campaign_shipments_once ON public.campaign_shipments USING btree (campaign_id, recipient) WHERE (recipient IS NOT NULL);

CREATE INDEX campaign_shipments_to_contact ON public.campaign_shipments USING btree (contact_id, campaign_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX campaign_shipments_under_way ON public.campaign_shipments USING btree (campaign_id, ordinal DESC) WHERE (state = 'queued'::text);

CREATE INDEX campaign_shipments_waiting ON public.campaign_shipments USING btree (campaign_id, ordinal) WHERE (state = 'waiting'::text);

CREATE INDEX campaigns_at_work ON public.campaigns USING btree (status) WHERE (status = ANY (ARRAY['scheduled'::text, 'running'::text]));

CREATE UNIQUE INDEX categories_name ON public.categories USING btree (lower(name));

CREATE INDEX connections_by_calendar ON public.connections USING btree (calendar_id) WHERE (calendar_id IS NOT NULL);

CREATE UNIQUE INDEX connections_mailbox ON public.connections USING btree (lower((settings ->> 'address'::text))) WHERE ((kind = 'email'::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX connections_name ON public.connections USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX connections_whatsapp_number ON public.connections USING btree (((settings ->> 'phoneNumberId'::text))) WHERE ((kind = 'whatsapp'::text) AND (deleted_at IS NULL) AND (NOT shares_number));

CREATE INDEX contact_identities_by_email ON public.contact_identities USING btree (value) WHERE (kind = 'email'::text);

CREATE INDEX contact_identities_by_page ON public.contact_identities USING btree (page COLLATE "C") WHERE (page IS NOT NULL);

CREATE INDEX contact_identities_claimed_by ON public.contact_identities USING btree (claimed_by) WHERE (claimed_by IS NOT NULL);

CREATE INDEX contact_identities_confirmed_for ON public.contact_identities USING btree (confirmed_for) WHERE (confirmed_for IS NOT NULL);

CREATE INDEX contact_identities_formerly_of ON public.contact_identities USING btree (former_contact_id) WHERE (former_contact_id IS NOT NULL);

CREATE INDEX contact_identities_of_contact ON public.contact_identities USING btree (contact_id);

CREATE INDEX contact_merges_of_target ON public.contact_merges USING btree (target_id);

CREATE INDEX contact_texts_newest ON public.contact_texts USING btree (created_at DESC, contact_id DESC);

CREATE INDEX contact_texts_words ON public.contact_texts USING gin (words) WITH (gin_pending_list_limit='256');

CREATE INDEX contacts_made_by ON public.contacts USING btree (created_by_id, created_at DESC, id DESC) WHERE (created_by_id IS NOT NULL);

CREATE INDEX contacts_merged_into ON public.contacts USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX contacts_newest ON public.contacts USING btree (created_at DESC, id DESC);

CREATE UNIQUE INDEX custom_fields_key ON public.custom_fields USING btree (key);

CREATE INDEX customer_emails_due ON public.customer_emails USING btree (due_at);

CREATE INDEX customer_emails_of_message ON public.customer_emails USING btree (message_id);

CREATE INDEX customer_emails_of_ticket ON public.customer_emails USING btree (ticket_id, due_at);

CREATE INDEX delivery_reports_by_age ON public.delivery_reports USING brin (at);

CREATE INDEX drafts_of_ticket ON public.drafts USING btree (ticket_id);

CREATE UNIQUE INDEX events_in_order ON public.events USING btree ("position") WHERE ("position" > 0);

CREATE INDEX events_of_automation_rules ON public.events USING btree (subject_id, at) WHERE (kind = ANY (ARRAY['automation.applied'::text, 'automation.refused'::text]));

CREATE INDEX events_of_ticket ON public.events USING btree (ticket_id, id) WHERE (ticket_id IS NOT NULL);

CREATE INDEX events_unplaced ON public.events USING btree (id) WHERE ("position" IS NULL);

CREATE INDEX failed_deliveries_waiting ON public.failed_deliveries USING btree (connection_id, cause, id) WHERE (replayed_at IS NULL);

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

CREATE UNIQUE INDEX incident_entries_by_hour ON public.incident_entries USING btree (ticket_id, hour) WHERE (hour IS NOT NULL);

CREATE INDEX incident_entries_of_ticket ON public.incident_entries USING btree (ticket_id, id DESC);

CREATE INDEX incident_refs_of_ticket ON public.incident_refs USING btree (ticket_id, kind, id DESC);

CREATE INDEX incidents_by_guia ON public.incidents USING btree (guia text_pattern_ops);

CREATE INDEX incidents_by_guia_end ON public.incidents USING btree (reverse(guia) text_pattern_ops);

CREATE INDEX incidents_in_order ON public.incidents USING btree (status, trigger, priority, created_at DESC, ticket_id DESC);

CREATE INDEX incidents_worst_first ON public.incidents USING btree (score DESC, created_at, ticket_id) WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]));

CREATE UNIQUE INDEX linked_systems_name ON public.linked_systems USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX macro_runs_of_ticket ON public.macro_runs USING btree (ticket_id);

CREATE INDEX macro_runs_of_user ON public.macro_runs USING btree (user_id);

CREATE INDEX macros_of_owner ON public.macros USING btree (owner_id);

CREATE INDEX macros_of_team ON public.macros USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE INDEX mail_ids_of_thread ON public.mail_ids USING btree (thread_id);

CREATE UNIQUE INDEX mail_participants_by_id ON public.mail_participants USING btree (id);

CREATE INDEX mentions_of_message ON public.mentions USING btree (message_id);

CREATE INDEX message_mails_by_given_id ON public.message_mails USING btree (mail_id) WHERE (writer_role IS NULL);

CREATE INDEX message_mails_by_raw ON public.message_mails USING btree (raw_sha256) WHERE (raw_sha256 IS NOT NULL);

CREATE INDEX message_mails_of_thread ON public.message_mails USING btree (thread_id);

CREATE INDEX messages_by_arrival ON public.messages USING btree (created_at) WHERE ((kind = 'message'::text) AND (NOT is_internal) AND (sender_kind = ANY (ARRAY['contact'::text, 'user'::text])));

CREATE INDEX messages_of_identity ON public.messages USING btree (identity_id, sent_at) WHERE (identity_id IS NOT NULL);

CREATE INDEX messages_of_origin_ticket ON public.messages USING btree (origin_ticket_id, "position") WHERE (origin_ticket_id IS NOT NULL);

CREATE INDEX messages_of_ticket ON public.messages USING btree (ticket_id, "position");

CREATE UNIQUE INDEX messages_once ON public.messages USING btree (connection_id, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX messages_undelivered ON public.messages USING btree (ticket_id) WHERE ((direction = 'out'::text) AND (sender_kind = 'user'::text) AND (NOT is_internal) AND (delivery_settled_at IS NULL) AND (delivery_state = ANY (ARRAY['queued'::text, 'failed'::text, 'unknown'::text, 'unreachable'::text])));

CREATE INDEX messages_words ON public.messages USING gin (words) WITH (gin_pending_list_limit='256');

CREATE INDEX notifications_of_ticket ON public.notifications USING btree (ticket_id);

CREATE INDEX notifications_of_user ON public.notifications USING btree (user_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX notifications_one_answer ON public.notifications USING btree (user_id, ticket_id) WHERE ((kind = 'answered'::text) AND (read_at IS NULL));

CREATE UNIQUE INDEX notifications_one_new ON public.notifications USING btree (user_id, ticket_id) WHERE ((kind = 'new_unassigned'::text) AND (read_at IS NULL));

CREATE INDEX notifications_unread ON public.notifications USING btree (user_id) WHERE (read_at IS NULL);

CREATE INDEX outgoing_emails_due ON public.outgoing_emails USING btree (due_at) WHERE (state = 'queued'::text);

CREATE INDEX outgoing_emails_failed ON public.outgoing_emails USING btree (created_at) WHERE (state = 'failed'::text);

CREATE INDEX outgoing_emails_of_chats ON public.outgoing_emails USING btree (recipient, created_at) WHERE starts_with(id, 'mai_chat_'::text);

CREATE INDEX outgoing_emails_settled ON public.outgoing_emails USING btree (settled_at) WHERE (settled_at IS NOT NULL);

CREATE INDEX password_links_of_mail ON public.password_links USING btree (mail_id) WHERE (mail_id IS NOT NULL);

CREATE INDEX password_links_of_user ON public.password_links USING btree (user_id);

CREATE INDEX routing_queue_in_order ON public.routing_queue USING btree (team_id, created_at, ticket_id);

CREATE INDEX saved_replies_of_owner ON public.saved_replies USING btree (owner_id);

CREATE INDEX saved_replies_of_team ON public.saved_replies USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE INDEX sends_by_age ON public.sends USING brin (created_at);

CREATE INDEX sends_due ON public.sends USING btree (connection_id, next_at, message_id) WHERE (state = 'queued'::text);

CREATE INDEX sends_in_order ON public.sends USING btree (connection_id, recipient, message_id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));

CREATE INDEX sends_pace ON public.sends USING btree (connection_id, claimed_at) WHERE (claimed_at IS NOT NULL);

CREATE INDEX sends_to_recipient ON public.sends USING btree (connection_id, recipient, claimed_at) WHERE (claimed_at IS NOT NULL);

CREATE INDEX sends_to_revive ON public.sends USING btree (revive_at) WHERE (revive_at IS NOT NULL);

CREATE INDEX sends_under_way ON public.sends USING btree (claimed_at) WHERE (state = ANY (ARRAY['sending'::text, 'unknown'::text]));

CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);

CREATE INDEX shipment_actions_good ON public.shipment_actions USING btree (at, guia) WHERE ((status = 'SUCCESS'::text) AND (type = 'SEND_WHATSAPP'::text));

CREATE INDEX shipments_by_word ON public.shipments USING btree (carrier, word);

CREATE INDEX sign_in_links_age ON public.sign_in_links USING btree (created_at);

CREATE INDEX sign_in_links_of_mail ON public.sign_in_links USING btree (mail_id) WHERE (mail_id IS NOT NULL);

CREATE INDEX simulations_by_age ON public.simulations USING btree (touched_at);

CREATE INDEX simulations_of_user ON public.simulations USING btree (user_id);

CREATE INDEX sla_policies_by_calendar ON public.sla_policies USING btree (calendar_id) WHERE (calendar_id IS NOT NULL);

CREATE UNIQUE INDEX sla_policies_one_default ON public.sla_policies USING btree (is_default) WHERE is_default;

CREATE INDEX sla_recomputations_in_order ON public.sla_recomputations USING btree (queued_at, ticket_id);

CREATE INDEX sla_targets_of_ticket ON public.sla_targets USING btree (ticket_id, cycle);

CREATE INDEX sla_targets_running ON public.sla_targets USING btree (counted_on) WHERE (ended_at IS NULL);

CREATE INDEX sla_targets_waking ON public.sla_targets USING btree (wakes_at) WHERE (wakes_at IS NOT NULL);

CREATE INDEX suggested_links_of_other ON public.suggested_links USING btree (other_id);

CREATE INDEX system_hooks_due ON public.system_hooks USING btree (next_at) WHERE (state = 'stored'::text);

CREATE INDEX team_members_of_user ON public.team_members USING btree (user_id);

CREATE UNIQUE INDEX teams_name ON public.teams USING btree (lower(name));

CREATE UNIQUE INDEX teams_one_default ON public.teams USING btree (is_default) WHERE is_default;

CREATE INDEX thread_aliases_of_ticket ON public.thread_aliases USING btree (ticket_id);

CREATE INDEX ticket_access_log_of_ticket ON public.ticket_access_log USING btree (ticket_id);

CREATE INDEX ticket_access_log_of_user ON public.ticket_access_log USING btree (user_id);

CREATE INDEX ticket_categories_of_category ON public.ticket_categories USING btree (category_id);

CREATE INDEX ticket_field_history_of_ticket ON public.ticket_field_history USING btree (ticket_id);

CREATE INDEX ticket_field_values_by_value ON public.ticket_field_values USING btree (key, value, ticket_id);

CREATE INDEX ticket_links_to ON public.ticket_links USING btree (to_id);

CREATE INDEX ticket_merges_of_target ON public.ticket_merges USING btree (target_id);

CREATE INDEX ticket_number_aliases_of_ticket ON public.ticket_number_aliases USING btree (ticket_id);

CREATE INDEX ticket_sla_by_deadline ON public.ticket_sla USING btree (due_at, ticket_id) WHERE (due_at IS NOT NULL);

CREATE INDEX ticket_sla_by_state ON public.ticket_sla USING btree (state, is_running, due_at, ticket_id) WHERE (state <> 'none'::text);

CREATE INDEX ticket_texts_words ON public.ticket_texts USING gin (words) WITH (gin_pending_list_limit='256');

CREATE INDEX tickets_by_survey_score ON public.tickets USING btree (survey_score, created_at DESC, id DESC) WHERE (survey_score IS NOT NULL);

CREATE INDEX tickets_closed_by_activity ON public.tickets USING btree (last_message_at DESC, id DESC) INCLUDE (phase) WHERE (phase = ANY (ARRAY['resolved'::text, 'closed'::text]));

CREATE INDEX tickets_closed_of_assignee ON public.tickets USING btree (assignee_id, last_message_at DESC, id DESC) INCLUDE (phase) WHERE (phase = ANY (ARRAY['resolved'::text, 'closed'::text]));

CREATE INDEX tickets_closed_of_assignee_newest ON public.tickets USING btree (assignee_id, created_at DESC, id DESC) WHERE (phase = ANY (ARRAY['resolved'::text, 'closed'::text]));

CREATE INDEX tickets_closed_of_team ON public.tickets USING btree (team_id, last_message_at DESC, id DESC) INCLUDE (phase) WHERE (phase = ANY (ARRAY['resolved'::text, 'closed'::text]));

CREATE INDEX tickets_closed_of_team_newest ON public.tickets USING btree (team_id, created_at DESC, id DESC) WHERE (phase = ANY (ARRAY['resolved'::text, 'closed'::text]));

CREATE INDEX tickets_created_by ON public.tickets USING btree (created_by_id, created_at DESC, id DESC) WHERE (created_by_kind = 'user'::text);

CREATE INDEX tickets_long_lived ON public.tickets USING btree (last_message_at DESC, id DESC) WHERE ((last_message_at - created_at) > '14 days'::interval);

CREATE INDEX tickets_merged_into ON public.tickets USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX tickets_newest ON public.tickets USING btree (created_at DESC, id DESC);

CREATE INDEX tickets_of_contact ON public.tickets USING btree (contact_id, created_at DESC, id DESC);

CREATE INDEX tickets_of_origin_contact ON public.tickets USING btree (origin_contact_id) WHERE (origin_contact_id IS NOT NULL);

CREATE INDEX tickets_of_thread ON public.tickets USING btree (thread_key) WHERE (thread_key IS NOT NULL);

CREATE UNIQUE INDEX tickets_one_active_per_thread ON public.tickets USING btree (thread_key) WHERE (active OR (merged_into IS NOT NULL));

CREATE INDEX tickets_open_by_activity ON public.tickets USING btree (last_message_at DESC, id DESC) INCLUDE (snoozed_until) WHERE (phase = ANY (ARRAY['new'::text, 'active'::text, 'waiting'::text]));

CREATE INDEX tickets_open_of_assignee ON public.tickets USING btree (assignee_id, last_message_at DESC, id DESC) INCLUDE (snoozed_until) WHERE ((phase = ANY (ARRAY['new'::text, 'active'::text, 'waiting'::text])) AND (assignee_id IS NOT NULL));

CREATE INDEX tickets_open_of_team ON public.tickets USING btree (team_id, last_message_at DESC, id DESC) INCLUDE (snoozed_until) WHERE (phase = ANY (ARRAY['new'::text, 'active'::text, 'waiting'::text]));

CREATE INDEX tickets_open_unassigned ON public.tickets USING btree (last_message_at DESC, id DESC) INCLUDE (snoozed_until) WHERE ((phase = ANY (ARRAY['new'::text, 'active'::text, 'waiting'::text])) AND (assignee_id IS NULL));

CREATE INDEX tickets_opened_for ON public.tickets USING btree (requester_identity_id) WHERE (requester_identity_id IS NOT NULL);

CREATE INDEX tickets_snoozed ON public.tickets USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);

CREATE INDEX tickets_to_announce ON public.tickets USING btree (GREATEST(resolved_at, quiet_since)) WHERE ((kind = 'support'::text) AND (status = 'resolved'::text) AND ((closing_announced_at IS NULL) OR (closing_announced_at < GREATEST(resolved_at, quiet_since))));

CREATE INDEX tickets_to_close ON public.tickets USING btree (GREATEST(resolved_at, quiet_since)) WHERE ((kind = 'support'::text) AND (status = 'resolved'::text));

CREATE INDEX tickets_waiting ON public.tickets USING btree (waiting_since, id) WHERE ((waiting_since IS NOT NULL) AND (phase = ANY (ARRAY['new'::text, 'active'::text])));

CREATE INDEX tracking_links_by_age ON public.tracking_links USING btree (created_at);

CREATE INDEX tracking_links_of_identity ON public.tracking_links USING btree (identity_id);

CREATE INDEX tracking_links_of_mail ON public.tracking_links USING btree (mail_id);

CREATE INDEX tracking_links_of_mailbox ON public.tracking_links USING btree (mailbox, created_at);

CREATE INDEX tracking_links_of_ticket ON public.tracking_links USING btree (ticket_id);

CREATE INDEX users_by_calendar ON public.users USING btree (calendar_id) WHERE (calendar_id IS NOT NULL);

CREATE UNIQUE INDEX users_email ON public.users USING btree (lower(email));

CREATE INDEX users_of_contact ON public.users USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX views_of_owner ON public.views USING btree (owner_id);

CREATE INDEX views_of_team ON public.views USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE INDEX webhook_deliveries_by_file ON public.webhook_deliveries USING btree (file_sha256) WHERE (file_sha256 IS NOT NULL);

CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree ("position") WHERE (state = 'stored'::text);

CREATE INDEX webhook_deliveries_held ON public.webhook_deliveries USING btree (COALESCE(held_for, connection_id)) WHERE (state = 'held'::text);

CREATE INDEX webhook_deliveries_of_files ON public.webhook_deliveries USING btree (connection_id, received_at) WHERE (file_sha256 IS NOT NULL);

CREATE TRIGGER contacts_change_text AFTER UPDATE OF name, merged_into ON public.contacts FOR EACH ROW WHEN (((old.name <> new.name) OR (old.merged_into IS DISTINCT FROM new.merged_into))) EXECUTE FUNCTION contact_keeps_text();

CREATE TRIGGER contacts_keep_text AFTER INSERT ON public.contacts FOR EACH ROW EXECUTE FUNCTION contact_keeps_text();

CREATE TRIGGER events_append_only BEFORE UPDATE ON public.events FOR EACH ROW WHEN (((old."position" IS NOT NULL) OR (new."position" IS NULL) OR (new."position" <= 0) OR (((((((((((((old.id IS DISTINCT FROM new.id) OR (old.at IS DISTINCT FROM new.at)) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.ticket_id IS DISTINCT FROM new.ticket_id)) OR (old.subject_id IS DISTINCT FROM new.subject_id)) OR (old.actor_kind IS DISTINCT FROM new.actor_kind)) OR (old.actor_id IS DISTINCT FROM new.actor_id)) OR (old.cause_id IS DISTINCT FROM new.cause_id)) OR (old.depth IS DISTINCT FROM new.depth)) OR (old.data IS DISTINCT FROM new.data)) OR (old.why IS DISTINCT FROM new.why)) OR (old.team_id IS DISTINCT FROM new.team_id)) OR (old.assignee_id IS DISTINCT FROM new.assignee_id)))) EXECUTE FUNCTION refuse_event_change();

CREATE TRIGGER events_are_kept BEFORE DELETE ON public.events FOR EACH ROW EXECUTE FUNCTION refuse_event_change();

CREATE TRIGGER identities_change_text AFTER UPDATE OF value, contact_id ON public.contact_identities FOR EACH ROW WHEN (((old.value <> new.value) OR (old.contact_id IS DISTINCT FROM new.contact_id))) EXECUTE FUNCTION identity_keeps_text();

CREATE TRIGGER identities_keep_text AFTER INSERT OR DELETE ON public.contact_identities FOR EACH ROW EXECUTE FUNCTION identity_keeps_text();

CREATE TRIGGER identities_leave_no_address AFTER DELETE ON public.contact_identities FOR EACH ROW EXECUTE FUNCTION messages_forget_address();

CREATE TRIGGER incidents_are_counted AFTER INSERT ON public.incidents REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_new_incidents();

CREATE TRIGGER messages_know_ticket_day BEFORE INSERT ON public.messages FOR EACH ROW WHEN ((new.ticket_day = '-infinity'::date)) EXECUTE FUNCTION know_ticket_day();

CREATE TRIGGER messages_sent_settle_failures AFTER INSERT ON public.messages FOR EACH ROW WHEN (((new.direction = 'out'::text) AND (new.sender_kind = 'user'::text) AND (new.delivery_state = ANY (ARRAY['sent'::text, 'delivered'::text, 'read'::text])))) EXECUTE FUNCTION later_reply_settles_failures();

CREATE TRIGGER messages_settle_failures AFTER UPDATE OF delivery_state ON public.messages FOR EACH ROW WHEN (((new.direction = 'out'::text) AND (new.sender_kind = 'user'::text) AND (new.delivery_state = ANY (ARRAY['sent'::text, 'delivered'::text, 'read'::text])) AND (old.delivery_state <> ALL (ARRAY['sent'::text, 'delivered'::text, 'read'::text])))) EXECUTE FUNCTION later_reply_settles_failures();

CREATE TRIGGER teams_in_use BEFORE DELETE ON public.teams FOR EACH ROW EXECUTE FUNCTION refuse_team_in_use();

CREATE TRIGGER tickets_change_text AFTER UPDATE OF subject, description, contact_id ON public.tickets FOR EACH ROW WHEN (((old.subject <> new.subject) OR (old.description <> new.description) OR (old.contact_id IS DISTINCT FROM new.contact_id))) EXECUTE FUNCTION keep_ticket_text();

CREATE TRIGGER tickets_follow_lifecycle BEFORE UPDATE OF status ON public.tickets FOR EACH ROW WHEN ((old.status IS DISTINCT FROM new.status)) EXECUTE FUNCTION refuse_unknown_transition();

CREATE TRIGGER tickets_incident_follows AFTER UPDATE OF status, priority, resolved_at ON public.tickets FOR EACH ROW WHEN (((new.kind = 'incident'::text) AND (((old.status IS DISTINCT FROM new.status) OR (old.priority IS DISTINCT FROM new.priority)) OR (old.resolved_at IS DISTINCT FROM new.resolved_at)))) EXECUTE FUNCTION follow_incident_ticket();

CREATE TRIGGER tickets_keep_text AFTER INSERT ON public.tickets FOR EACH ROW WHEN (((new.subject <> ''::text) OR (new.description <> ''::text) OR (new.contact_id IS NOT NULL))) EXECUTE FUNCTION keep_ticket_text();
