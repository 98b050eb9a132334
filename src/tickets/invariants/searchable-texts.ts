// What is committed is found: triggers keep what the search looks through.
import { sql } from "kysely"
import type { Invariant } from "#kernel/invariant.ts"

const batch = 5_000

const missing = `tickets t where (t.subject <> '' or t.description <> '' or t.contact_id is not null)
  and not exists (select from ticket_texts x where x.ticket_id = t.id)`

export const searchInvariants: Invariant[] = [
  {
    name: "searchable_tickets",
    why: "The search knows the subject, description and contact of every ticket.",
    remedy: "reads them for the search.",
    find: `select t.id from ${missing}`,
    repair: async (act) => {
      const { numAffectedRows } = await sql`
        insert into ticket_texts (ticket_id, words) select t.id, ticket_words(t) from ${sql.raw(missing)} limit ${batch}
        on conflict do nothing`.execute(act.tx)
      return Number(numAffectedRows) === batch
    },
  },
]
