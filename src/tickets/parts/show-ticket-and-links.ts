import { type Database, runIn, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import type { Principal } from "#people/index.ts"
import { withSla } from "#sla/index.ts"
import type { Ticket } from "../api-contract.ts"
import { linksOf } from "../links/links.ts"
import { columnsFor, toTicket, viewJoins, type StoredRow } from "../ticket-view.ts"

/** From where it is read, and when: a verb's act is one. */
type Viewing = { tx: Database["kysely"]; now: Date }

/** One ticket as `who` sees it, with its links, inside a verb's transaction or outside of one. Whether they may is settled. */
export async function showTicket({ tx, now }: Viewing, who: Principal, id: string): Promise<Ticket> {
  const rows = await runIn<StoredRow>(
    tx,
    statement("", (p) => `select ${columnsFor(p, who)} from tickets t ${viewJoins} where t.id = ${p(id)}`),
  )
  const [row] = await withSla(tx, rows, now)
  if (!row) throw notFound("ticket")
  return toTicket(who, row, await linksOf(tx, who, id))
}
