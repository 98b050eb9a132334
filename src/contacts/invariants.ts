import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"

// Where each merged contact ends up; `is_cycle` when it comes back to itself.
const merged = `with recursive step (id, target) as (
    select id, merged_into from contacts where merged_into is not null
    union all
    select step.id, c.merged_into from step join contacts c on c.id = step.target where c.merged_into is not null
  ) cycle target set is_cycle using path`

const unread =
  "contacts c where c.merged_into is null and not exists (select from contact_texts x where x.contact_id = c.id)"
const batch = 5_000

export const contactInvariants: Invariant[] = [
  {
    name: "merged_contacts_end",
    why: "Following a merged contact leads to a living one.",
    remedy: "Undo the merge of one of them.",
    find: `${merged} select distinct id from step where is_cycle`,
  },
  {
    name: "merged_contacts_are_empty",
    why: "A merged contact has no address and no ticket left: they belong to the contact it became.",
    remedy: "moves the addresses to the contact that it became; open tickets are for a person to merge.",
    find: `select c.id from contacts c where c.merged_into is not null
      and (exists (select from contact_identities i where i.contact_id = c.id)
        or exists (select from tickets t where t.contact_id = c.id and t.active))`,
    repair: moveAddresses,
  },
  {
    name: "searchable_contacts",
    why: "The search knows the name and the addresses of every contact.",
    remedy: "reads them for the search.",
    find: `select id from ${unread}`,
    repair: async (act) => {
      const { rows } =
        await sql`select keep_contact_text(id) from (select id from ${sql.raw(unread)} limit ${batch}) c`.execute(
          act.tx,
        )
      return rows.length === batch
    },
  },
]

/** Tickets stay: their thread would change with them, and that is a merge which a person decides. */
async function moveAddresses(act: Act): Promise<void> {
  await sql`${sql.raw(merged)}, ending as (
      select s.id, s.target from step s join contacts c on c.id = s.target where c.merged_into is null and not s.is_cycle)
    update contact_identities i set contact_id = ending.target from ending where i.contact_id = ending.id`.execute(
    act.tx,
  )
}
