import { type Database, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import type { Principal } from "#people/index.ts"
import type { Ticket } from "../contract.ts"
import { linksOf } from "../links/links.ts"
import { columnsFor, toTicket, viewJoins, type ViewRow } from "../ticket-view.ts"

/** One ticket as `who` sees it, with its links, inside a verb's transaction or outside of one. Whether they may is settled. */
export async function showTicket(from: Database["kysely"], who: Principal, id: string): Promise<Ticket> {
  const rows = await runIn<ViewRow>(
    from,
    statement("", (p) => `select ${columnsFor(p, who)} from tickets t ${viewJoins} where t.id = ${p(id)}`),
  )
  if (!rows[0]) throw notFound("ticket")
  return toTicket(who, rows[0], await linksOf(from, who, id))
}
