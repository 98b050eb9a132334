// What a merge of contacts moved and filled in, so that it can be undone, and whether the two are known to be one person.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { ContactRow } from "../contact-store.ts"

/** `filled`: what the target took from the source, names of fields and, after a dot, keys of custom fields. */
export type Merge = {
  targetId: string
  identityIds: string[]
  confirmedIds: string[]
  filled: string[]
  /** Tickets that were merged because both had one on the same thread. */
  ticketIds: string[]
  /** Tickets, merged before, that released their thread because the other contact's leads elsewhere. */
  releasedTicketIds: string[]
  isUndoable: boolean
  mergedAt: Date
}

type NewMerge = Omit<Merge, "isUndoable" | "mergedAt"> & { sourceId: string; isOnePerson: boolean }

export async function insertContactMerge(act: Act, merge: NewMerge): Promise<void> {
  await act.tx
    .insertInto("contactMerges")
    .values({ ...merge, isUndoable: true, mergedAt: act.now })
    .execute()
}

export async function mergeOf(act: Act, sourceId: string): Promise<Merge | undefined> {
  return act.tx
    .selectFrom("contactMerges")
    .select([
      "targetId",
      "identityIds",
      "confirmedIds",
      "filled",
      "ticketIds",
      "releasedTicketIds",
      "isUndoable",
      "mergedAt",
    ])
    .where("sourceId", "=", sourceId)
    .executeTakeFirst()
}

/** The contact, and all that were merged into it. */
export async function mergedWith(act: Act, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive one (id) as (select ${id}::text
      union select m.source_id from one join contact_merges m on m.target_id = one.id) select id from one`.execute(
    act.tx,
  )
  return rows.map((row) => row.id)
}

/** The source stands on its own again; those that were merged into it before lead to it. */
export async function restoreMergedContact(act: Act, sourceId: string, chain: string[]): Promise<void> {
  await sql`update contacts set merged_into = nullif(${sourceId}, id), updated_at = ${act.now}
    where id = any(${chain}::text[])`.execute(act.tx)
  await act.tx.deleteFrom("contactMerges").where("sourceId", "=", sourceId).execute()
}

/** What came with the source and is still there goes back with it; what was confirmed for the target since is not. */
export async function moveIdentitiesBack(act: Act, { identityIds, confirmedIds }: Merge, from: string, to: string) {
  await sql`update contact_identities set contact_id = ${to},
      confirmed_for = case when id = any(${confirmedIds}::text[]) then ${to} else nullif(confirmed_for, ${from}) end
    where id = any(${identityIds}::text[]) and contact_id = ${from}`.execute(act.tx)
}

/** For so long a merge can be undone. */
export const undoDays = 30

/** What was noted of either, the target's first. */
export const joinedNotes = (target: ContactRow, source: ContactRow): string =>
  [target.note, source.note].filter(Boolean).join("\n\n")

// The joined notes without the source's, where it stands between blank lines as it was; else they are left whole.
function withoutNote(joined: string, note: string): string {
  const [before, ...after] = `\n\n${joined}\n\n`.split(`\n\n${note}\n\n`)
  // The first of equal ones goes; others may have been written since.
  return after.length === 0 ? joined : [before, after.join(`\n\n${note}\n\n`)].join("\n\n").trim()
}

/** What the target has without what it took, as far as nobody has changed that since. */
export function withoutFilled(target: ContactRow, source: ContactRow, filled: string[]): Partial<ContactRow> {
  const taken = (key: string) =>
    filled.includes(`customFields.${key}`) &&
    JSON.stringify(target.customFields[key]) === JSON.stringify(source.customFields[key])
  const isTaken = (key: "name" | "tier" | "language") => filled.includes(key) && target[key] === source[key]
  return {
    ...(isTaken("name") && { name: "" }),
    ...(isTaken("tier") && { tier: null }),
    ...(isTaken("language") && { language: null }),
    ...(filled.includes("note") && { note: withoutNote(target.note, source.note) }),
    customFields: Object.fromEntries(Object.entries(target.customFields).filter(([key]) => !taken(key))),
  }
}
