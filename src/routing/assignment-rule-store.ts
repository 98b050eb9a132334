import type { Kysely } from "kysely"
import { sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import type { Rule } from "./api-contract.ts"

const columns = [
  "id",
  "name",
  "priority",
  "enabled",
  "conditions",
  "action",
  "version",
  "createdAt",
  "updatedAt",
] as const

const inOrder = (from: Kysely<DB>) =>
  from.selectFrom("assignmentRules").select(columns).orderBy("priority").orderBy("id")

/** Rules in the order in which they are asked. */
export async function listRules(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
): Promise<Page<Rule>> {
  const all = from.selectFrom("assignmentRules").select(columns).$castTo<Rule>()
  return readListPage(from, all, { query, by: { priority: "int", id: "text" }, shape: (row) => row })
}

export async function rulesInForce(from: Kysely<DB>): Promise<Rule[]> {
  return (await inOrder(from).where("enabled", "=", true).execute()) as Rule[]
}

/** Of these rules, the names of those that still are. */
export async function ruleNamesOf({ kysely }: Database, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await kysely.selectFrom("assignmentRules").select(["id", "name"]).where("id", "in", ids).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

export async function existingRule(from: Kysely<DB>, id: string): Promise<Rule> {
  const row = await from.selectFrom("assignmentRules").select(columns).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("assignment rule")
  return row as Rule
}

export async function lockRule(act: Act, id: string): Promise<Rule> {
  const row = await act.tx
    .selectFrom("assignmentRules")
    .select(columns)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound("assignment rule")
  return row as Rule
}

type RuleValues = Pick<Rule, "name" | "priority" | "enabled" | "conditions" | "action">

const asJson = ({ conditions, action, ...plain }: Partial<RuleValues>) => ({
  ...plain,
  ...(conditions && { conditions: JSON.stringify(conditions) }),
  ...(action && { action: JSON.stringify(action) }),
})

export async function insertRule(act: Act, id: string, rule: RuleValues) {
  const { name, priority, enabled } = rule
  const written = { id, name, priority, enabled, conditions: JSON.stringify(rule.conditions) }
  await act.tx
    .insertInto("assignmentRules")
    .values({ ...written, action: JSON.stringify(rule.action), createdAt: act.now, updatedAt: act.now })
    .execute()
}

export async function saveRule(act: Act, id: string, changes: Partial<RuleValues>) {
  await act.tx
    .updateTable("assignmentRules")
    .set({ ...asJson(changes), version: sql`version + 1`, updatedAt: act.now })
    .where("id", "=", id)
    .execute()
}

export async function removeRule(act: Act, id: string) {
  await act.tx.deleteFrom("assignmentRules").where("id", "=", id).execute()
}
