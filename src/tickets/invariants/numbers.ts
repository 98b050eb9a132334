import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { record } from "#event-log/index.ts"

const wellFormed = String.raw`^TKT-(\d{5}|[1-9]\d{5,14})$`
const largest = `select coalesce(max(substring(number from 5)::bigint), 0) from tickets where number ~ '${wellFormed}'`
const lastGiven = "select case when is_called then last_value else last_value - 1 end from ticket_number_seq"

// Of several tickets with one number the oldest keeps it: its customer has had it longest.
const wrong = `select id, number from (
    select id, number, row_number() over (partition by number order by created_at, id) as place from tickets) t
  where number is null or number !~ '${wellFormed}' or place > 1`

export const numberInvariants: Invariant[] = [
  {
    name: "number_sequence",
    why: "The sequence is at or past the largest number, so that the next ticket gets one of its own.",
    find: `select 'the largest number is ' || (${largest}) || ', the sequence is at ' || (${lastGiven})
      where (${largest}) > (${lastGiven})`,
    repair: (act) =>
      sql`select setval('ticket_number_seq', greatest((${sql.raw(largest)}), (${sql.raw(lastGiven)}), 1))`.execute(
        act.tx,
      ),
  },
  {
    name: "numbers",
    why: "Every ticket has a number like TKT-00042 that no other ticket has.",
    find: `select id || coalesce(' ' || number, '') from (${wrong}) w`,
    repair: renumber,
  },
  {
    name: "numbers_kept_unique",
    why: "The database itself refuses a number twice, or none.",
    find: `select 'tickets.number may be empty or repeated' where not exists (
      select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indrelid = 'tickets'::regclass and i.indisunique and i.indisvalid and i.indnkeyatts = 1 and i.indpred is null
        and a.attname = 'number' and a.attnotnull)`,
    repair: keepUnique,
  },
  {
    name: "number_gaps",
    why: "Numbers rise, and none is used twice.",
    find: `select 'gaps' from generate_series(1, (${lastGiven}) - (select count(*) from tickets where number ~ '${wellFormed}'))`,
    harmless:
      "numbers were taken and not used: a number is spent when two first messages race for one thread, or a write is rolled back",
  },
]

/** New numbers for what has none of its own. The event remembers the old one. Needs the sequence to be right. */
async function renumber(act: Act): Promise<void> {
  const { rows } = await sql<{ id: string; number: string | null }>`${sql.raw(wrong)} order by id`.execute(act.tx)
  for (const { id, number } of rows) {
    await sql`update tickets set number = next_ticket_number(), version = version + 1 where id = ${id}`.execute(act.tx)
    await record(act, "ticket.updated", { ticketId: id, data: { changes: ["number"], previousNumber: number } })
  }
}

async function keepUnique(act: Act): Promise<void> {
  await sql`alter table tickets alter column number set not null`.execute(act.tx)
  await sql`alter table tickets drop constraint if exists tickets_number_key`.execute(act.tx)
  await sql`alter table tickets add constraint tickets_number_key unique (number)`.execute(act.tx)
}
