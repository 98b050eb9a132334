-- Calendars: when people work. Intervals and holidays by hand are as they were written; the clock unites what overlaps.
create table calendars (
  id text primary key,
  name text not null,
  timezone text not null,
  intervals jsonb not null,
  holidays jsonb not null default '[]',
  holiday_country text,
  holiday_region text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint calendars_intervals check (jsonb_typeof(intervals) = 'array' and intervals <> '[]'),
  constraint calendars_region check (holiday_region is null or holiday_country is not null)
);

-- Holidays of countries and regions ('' is the whole country), computed once a year for all calendars that name them.
create table public_holidays (
  country text not null,
  region text not null,
  date date not null,
  name text not null,
  primary key (country, region, date)
);

-- A connection could name any calendar as long as there were none.
update connections set calendar_id = null where calendar_id is not null;
alter table connections add constraint connections_calendar_id_fkey foreign key (calendar_id) references calendars (id);
create index connections_by_calendar on connections (calendar_id) where calendar_id is not null;
