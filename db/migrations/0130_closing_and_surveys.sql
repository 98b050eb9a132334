-- A resolved support ticket closes by itself once its customer has been silent for so many days: since it was resolved, or since a
-- message of theirs that left it resolved (`quiet_since`). A day before, that is announced (`closing_announced_at`). What an
-- announcement or a message before the last resolving says is over by itself: both are compared with when it was resolved.
alter table tickets
  add quiet_since timestamptz,
  add closing_announced_at timestamptz,
  add survey_score smallint,
  add constraint tickets_survey_score check (survey_score between 1 and 5);

-- Those that are resolved already have their days from now on, so that a desk can choose; their customers are not written to.
update tickets set quiet_since = now(), closing_announced_at = now() where kind = 'support' and status = 'resolved';

create index tickets_to_close on tickets (greatest(resolved_at, quiet_since)) where kind = 'support' and status = 'resolved';
create index tickets_to_announce on tickets (greatest(resolved_at, quiet_since))
  where kind = 'support' and status = 'resolved'
    and (closing_announced_at is null or closing_announced_at < greatest(resolved_at, quiet_since));
create index tickets_by_survey_score on tickets (survey_score, created_at desc, id desc) where survey_score is not null;

-- What the recipient of a message reads instead of its content, and the template that it leaves as, when they hold a link that
-- lets its reader in: sealed, so that nobody else has it, a copy of the database included.
alter table messages add sealed_content text;
alter table sends add sealed_template text;

alter table connections
  add survey boolean not null default false,
  add survey_template jsonb;

-- One question a cycle. The link's token is kept as its hash.
create table surveys (
  id text primary key,
  ticket_id text not null references tickets (id),
  cycle int not null,
  token_hash text not null unique,
  language text not null,
  way text not null,
  sent_at timestamptz not null,
  ends_at timestamptz not null,
  score smallint check (score between 1 and 5),
  comment text,
  answered_at timestamptz,
  constraint surveys_once_a_cycle unique (ticket_id, cycle),
  constraint surveys_answer check ((score is null) = (answered_at is null) and (comment is null or score is not null))
);
