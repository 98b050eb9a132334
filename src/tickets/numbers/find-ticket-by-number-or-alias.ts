// Numbers that a ticket had before, or has in another system: they lead to it where no ticket bears them.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Param } from "#kernel/db.ts"
import { readRef } from "./parse-and-format-ticket-number.ts"

/** `number` is null where what was typed cannot be one of ours: then it may be an alias alone. */
export type TicketNumberReference = { number: string | null; alias: string }

/** What somebody typed for a ticket: its id, its number in any usual writing, or any short text with a digit in it. */
export function readTicketReference(typed: string): { id: string } | TicketNumberReference | null {
  const alias = typed.trim()
  const ref = readRef(alias) ?? readRef(alias.replace(/^#\s*/, ""))
  if (ref) return "id" in ref ? ref : { ...ref, alias }
  return /^[^\p{Cc}\p{Cs}]{1,100}$/u.test(alias) && /\d/.test(alias) ? { number: null, alias } : null
}

const holders = (p: Param, { alias }: TicketNumberReference) =>
  `ticket_number_aliases a where a.key = ticket_alias_key(${p(alias)})`

/** SQL: the id of the ticket that bears the number; where none does, of the only one that has it as an alias. */
export function ticketOfNumberSql(p: Param, ref: TicketNumberReference): string {
  const only = `(select min(a.ticket_id) from ${holders(p, ref)} having count(*) = 1)`
  if (ref.number === null) return only
  // Where a damaged database has a number twice it is the oldest's, as doctor --repair decides.
  return `coalesce((select n.id from tickets n where n.number = ${p(ref.number)} order by n.created_at, n.id limit 1), ${only})`
}

/** SQL: the ids of all tickets that bear the number or have it as an alias. */
export function ticketsOfNumberSql(p: Param, ref: TicketNumberReference): string {
  const byAlias = `select a.ticket_id as id from ${holders(p, ref)}`
  return ref.number === null ? byAlias : `${byAlias} union select n.id from tickets n where n.number = ${p(ref.number)}`
}

/** Keeps numbers as they were written. One without a digit is left out, for it is a word; one that the ticket has changes nothing. */
export async function saveNumberAliases(act: Act, aliases: { ticketId: string; alias: string }[]): Promise<void> {
  await sql`
    insert into ticket_number_aliases (ticket_id, alias, created_at)
    select ticket_id, alias, ${act.now} from unnest(${aliases.map(({ ticketId }) => ticketId)}::text[],
      ${aliases.map(({ alias }) => alias)}::text[]) as given (ticket_id, alias)
    where left(alias, 100) ~ '[0-9]' on conflict do nothing`.execute(act.tx)
}
