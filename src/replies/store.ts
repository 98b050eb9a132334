import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/** Of these tickets, the ones whose connection has such a text of its own. */
export async function ticketsWithText(tx: Act["tx"], which: "greeting" | "farewellText", ticketIds: string[]) {
  const column = sql.ref(which === "greeting" ? "n.greeting" : "n.farewell_text")
  const rows = await sql<{ id: string }>`
    select t.id from tickets t join connections n on n.id = t.connection_id
    where t.id = any(${ticketIds}) and coalesce(${column}, '') <> ''`.execute(tx)
  return new Set(rows.rows.map(({ id }) => id))
}
