import type { Kysely } from "kysely"
import { sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { type Database, statement } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import type { Policy, PolicyFields } from "./api-contract.ts"

const columns = [
  "id",
  "name",
  "priority",
  "isDefault",
  "enabled",
  "conditions",
  "calendarId",
  "targets",
  "visibleToCustomer",
  "escalations",
  "version",
  "createdAt",
  "updatedAt",
] as const

const inOrder = (from: Kysely<DB>) =>
  from.selectFrom("slaPolicies").select(columns).orderBy("isDefault").orderBy("priority").orderBy("id")

/** Policies in the order in which they are asked. */
export async function listPolicies(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Policy>> {
  const all = from.selectFrom("slaPolicies").select(columns).$castTo<Policy>()
  const by = { isDefault: "boolean", priority: "int", id: "text" } as const
  return readListPage(from, all, { query, by, shape: (row) => row })
}

export async function policiesInForce(from: Kysely<DB>): Promise<Policy[]> {
  return (await inOrder(from).where("enabled", "=", true).execute()) as Policy[]
}

/** Does any ticket have a deadline? */
export async function hasDeadlines(db: Database): Promise<boolean> {
  const sought = "select from sla_policies where enabled and targets is not null"
  const [row] = await db.run<{ found: boolean }>(statement("has-deadlines", () => `select exists (${sought}) as found`))
  return row!.found
}

/** Of these policies, the names of those that still are. */
export async function policyNamesOf({ kysely }: Pick<Database, "kysely">, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await kysely.selectFrom("slaPolicies").select(["id", "name"]).where("id", "in", ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const one = (from: Kysely<DB>, id: string) => from.selectFrom("slaPolicies").select(columns).where("id", "=", id)

export async function existingPolicy(from: Kysely<DB>, id: string): Promise<Policy> {
  const row = await one(from, id).executeTakeFirst()
  if (!row) throw notFound("SLA policy")
  return row as Policy
}

export async function lockPolicy(act: Act, id: string): Promise<Policy> {
  const row = await one(act.tx, id).forUpdate().executeTakeFirst()
  if (!row) throw notFound("SLA policy")
  return row as Policy
}

const stored = ({ conditions, targets, escalations, ...plain }: PolicyFields) => ({
  ...plain,
  conditions: JSON.stringify(conditions),
  targets: targets === null ? null : JSON.stringify(targets),
  escalations: JSON.stringify(escalations),
})

export async function insertPolicy(act: Act, id: string, fields: PolicyFields): Promise<void> {
  await act.tx
    .insertInto("slaPolicies")
    .values({ id, ...stored(fields), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function savePolicy(act: Act, id: string, fields: PolicyFields): Promise<void> {
  await act.tx
    .updateTable("slaPolicies")
    .set({ ...stored(fields), version: sql`version + 1`, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

/** No policy is the default one any more; who marks another does so in the same transaction, and one after the other. */
export async function clearDefault(act: Act): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('sla_policies_one_default'))`.execute(act.tx)
  await act.tx
    .updateTable("slaPolicies")
    .set({ isDefault: false, version: sql`version + 1`, updatedAt: act.now })
    .where("isDefault", "=", true)
    .execute()
}

export async function removePolicy(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("slaPolicies").where("id", "=", id).execute()
}

/** The policies that keep this calendar from being removed. */
export async function policiesWithCalendar(act: Act, calendarId: string) {
  const rows = await act.tx
    .selectFrom("slaPolicies")
    .select(["id", "name"])
    .where("calendarId", "=", calendarId)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map((row) => ({ kind: "SLA policy", ...row }))
}
