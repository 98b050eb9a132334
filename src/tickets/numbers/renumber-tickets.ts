// Gives tickets whose number is missing, malformed or another's one of their own. What they were known by finds them on.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import { recordBatchStatement } from "#event-log/index.ts"
import { saveFieldChangesOfMany } from "../history/field-history.ts"
import { saveNumberAliases } from "./find-ticket-by-number-or-alias.ts"
import { lastGivenSql, raiseNumberSequence } from "./raise-number-sequence.ts"

/** SQL: is it one that Hilo gives? TKT-00000 is none: the sequence begins with 1. */
export const wellFormedSql = (number: string) =>
  `(${number} ~ '^TKT-([0-9]{5}|[1-9][0-9]{5,8})$' and ${number} <> 'TKT-00000')`

// Of several tickets with one number the oldest keeps it: its customer has had it longest.
export const wrongNumbersSql = `select id, number, created_at,
    case when number is null or btrim(number) = '' then 'missing' when not (${wellFormedSql("number")}) then 'malformed' else 'twice' end as fault
  from (select id, number, created_at, row_number() over (partition by number order by created_at, id) as place from tickets) t
  where number is null or not (${wellFormedSql("number")}) or place > 1`

// The digits of what is one of ours but for its writing, as ticket_alias_key reads it. More of them are a time, or another system's.
const usualSql = (number: string) =>
  String.raw`substring(${number} from '^[\s#]*(?:[Tt][Kk][Tt][\s_-]*)?0*([1-9]\d{0,8})[\s#]*$')`

const batch = 10_000

type Renumbered = { id: string; old: string | null; new: string; isSame: boolean }

/** True when there are more: servers write between two batches. */
export async function renumber(act: Act): Promise<boolean> {
  await sql`set local lock_timeout = '1s'`.execute(act.tx)
  await makeRoom(act)
  const { rows } = await sql<Renumbered>`
    with wrong as materialized (${sql.raw(wrongNumbersSql)} order by created_at, id limit ${batch}),
    usual as (
      select id, 'TKT-' || lpad(key, greatest(5, length(key)), '0') as number, row_number() over (partition by key order by created_at, id) as place
      from (select id, created_at, ${sql.raw(usualSql("number"))} as key from wrong where fault = 'malformed') malformed
      where key is not null),
    own as (select id, number from usual where place = 1 and not exists (select from tickets t where t.number = usual.number))
    update tickets t set number = coalesce(own.number, next_ticket_number()), version = t.version + 1
    from wrong left join own using (id) where t.id = wrong.id
    returning t.id, wrong.number as old, t.number as new, own.number is not null as is_same`.execute(act.tx)
  await keepOldNumbers(act, rows)
  return rows.length === batch
}

// To take a number apart costs many times what the look costs whether it is well-formed, as most are.
const digitsSql = `case when ${wellFormedSql("number")} then substr(number, 5) else ${usualSql("number")} end`

/** New numbers come after all there are, and after those that malformed ones become. */
async function makeRoom(act: Act): Promise<void> {
  const { rows } = await sql<{ largest: number; last: number }>`
    select coalesce(max(${sql.raw(`(${digitsSql})::bigint`)}), 0) as largest, ${sql.raw(lastGivenSql)} as last
    from tickets`.execute(act.tx)
  if (rows[0]!.largest > rows[0]!.last) await raiseNumberSequence(act, rows[0]!.largest)
}

/** In the ticket's history, and as an alias where another number is meant by now. */
async function keepOldNumbers(act: Act, rows: Renumbered[]): Promise<void> {
  if (rows.length === 0) return
  const aliases = rows.filter(({ old, isSame }) => old !== null && !isSame)
  await saveNumberAliases(
    act,
    aliases.map(({ id, old }) => ({ ticketId: id, alias: old! })),
  )
  const changes = rows.map((row) => ({ ticketId: row.id, field: "number", old: row.old, new: row.new }))
  const changeIds = await saveFieldChangesOfMany(act, changes)
  const facts = rows.map(({ id }, i) => ({
    kind: "ticket.updated" as const,
    actor: act.actor,
    ticketId: id,
    subjectId: null,
    data: { changes: ["number"], changeId: changeIds[i]! },
  }))
  await runIn(act.tx, recordBatchStatement(facts, act.now))
}
