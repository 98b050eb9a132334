import { type Database, statement } from "#kernel/db.ts"
import { fullyVisibleSql, typedByStaffSql, type Viewer } from "./visibility.ts"

export type PhonesAndEmails = { phone: string[]; email: string[] }

/** Of each of these contacts what its reader may see, by the contact's id, the first known first; of others nothing. */
export async function phonesAndEmails(
  db: Database,
  viewer: Viewer,
  contactIds: string[],
): Promise<Map<string, PhonesAndEmails>> {
  if (contactIds.length === 0) return new Map()
  const rows = await db.run<{ id: string } & PhonesAndEmails>(
    statement("", (p) => {
      const valuesOf = (kind: string) =>
        `coalesce(array_agg(i.value order by i.created_at, i.id) filter (where i.kind = '${kind}'), '{}')`
      return `select c.id, ${valuesOf("phone")} as phone, ${valuesOf("email")} as email
        from contacts c cross join lateral (select ${fullyVisibleSql(p, viewer)} as whole) w
          join contact_identities i on i.contact_id = c.id and i.kind in ('phone', 'email') and (w.whole or ${typedByStaffSql(p, viewer)})
        where c.id = any(${p(contactIds)}::text[]) group by c.id`
    }),
  )
  return new Map(rows.map(({ id, ...addresses }) => [id, addresses]))
}
