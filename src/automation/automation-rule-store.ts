import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import type { Rule, RuleAction, Trigger, TriggerType } from "./api-contract.ts"

/** A rule as it is stored, without what is found out about it. */
export type StoredRule = Omit<Rule, "problems" | "activity">

type Row = Omit<StoredRule, "trigger" | "stop" | "actions"> & {
  trigger: TriggerType
  waitsFor: "us" | "customer" | null
  waitsMinutes: number | null
  stops: boolean
  actions: RuleAction[]
}

const columns = [
  "id",
  "name",
  "priority",
  "enabled",
  "trigger",
  "waitsFor",
  "waitsMinutes",
  "conditions",
  "actions",
  "stops",
  "version",
  "createdAt",
  "updatedAt",
] as const

const rows = (from: Kysely<DB>) => from.selectFrom("automationRules").select(columns)

function toRule({ trigger: type, waitsFor, waitsMinutes, stops: stop, ...row }: Row): StoredRule {
  const trigger: Trigger =
    type === "waiting" ? { type, waitsFor: waitsFor ?? "us", minutes: waitsMinutes ?? 0 } : { type }
  return { ...row, trigger, stop }
}

/** Rules in the order in which they are asked. */
export function listRules(from: Kysely<DB>, query: { limit: number; cursor?: string | undefined }) {
  const all = rows(from).$castTo<Row>()
  return readListPage(from, all, { query, by: { priority: "int", id: "text" }, shape: toRule })
}

/** Those that are on and led to by this, in the order in which they are asked. */
export async function rulesInForce(from: Kysely<DB>, trigger: TriggerType): Promise<StoredRule[]> {
  const found = rows(from).where("enabled", "=", true).where("trigger", "=", trigger)
  return ((await found.orderBy("priority").orderBy("id").execute()) as Row[]).map(toRule)
}

/** Of these rules, the names of those that still are. */
export async function automationRuleNamesOf({ kysely }: Database, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await kysely.selectFrom("automationRules").select(["id", "name"]).where("id", "in", ids).execute()
  return new Map(found.map((row) => [row.id, row.name]))
}

export async function existingRule(from: Kysely<DB>, id: string): Promise<StoredRule> {
  const row = await rows(from).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("automation rule")
  return toRule(row as Row)
}

export async function lockRule(act: Act, id: string): Promise<StoredRule> {
  const row = await rows(act.tx).where("id", "=", id).forUpdate().executeTakeFirst()
  if (!row) throw notFound("automation rule")
  return toRule(row as Row)
}

/** How many there are; nobody else makes one until the transaction ends. */
export async function countRules(act: Act): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('automation rules', 0))`.execute(act.tx)
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from automation_rules`.execute(act.tx)
  return counted[0]!.n
}

type RuleValues = Pick<StoredRule, "name" | "priority" | "enabled" | "trigger" | "conditions" | "actions" | "stop">

const toRow = ({ trigger, conditions, actions, stop, ...plain }: Partial<RuleValues>) => ({
  ...plain,
  ...(trigger && {
    trigger: trigger.type,
    waitsFor: trigger.type === "waiting" ? trigger.waitsFor : null,
    waitsMinutes: trigger.type === "waiting" ? trigger.minutes : null,
  }),
  ...(conditions && { conditions: JSON.stringify(conditions) }),
  ...(actions && { actions: JSON.stringify(actions) }),
  ...(stop !== undefined && { stops: stop }),
})

/** One that waits begins with the messages that will have waited for so long from now on. */
function waitedUntil({ now }: Act, trigger: Trigger): Date | null {
  return trigger.type === "waiting" ? new Date(now.getTime() - trigger.minutes * 60_000) : null
}

export async function insertRule(act: Act, id: string, rule: RuleValues): Promise<void> {
  const written = { ...toRow(rule), waitedUntil: waitedUntil(act, rule.trigger) }
  await sql`insert into automation_rules (id, name, priority, enabled, trigger, waits_for, waits_minutes, waited_until,
      conditions, actions, stops, created_at, updated_at)
    values (${id}, ${rule.name}, ${rule.priority}, ${rule.enabled}, ${written.trigger}, ${written.waitsFor},
      ${written.waitsMinutes}, ${written.waitedUntil}, ${written.conditions}, ${written.actions}, ${rule.stop},
      ${act.now}, ${act.now})`.execute(act.tx)
}

/** Another trigger, and being on again, begin with what happens from now on. */
export async function saveRule(act: Act, before: StoredRule, changes: Partial<RuleValues>): Promise<void> {
  const trigger = changes.trigger ?? before.trigger
  const begins = changes.trigger !== undefined || changes.enabled === true
  await act.tx
    .updateTable("automationRules")
    .set({
      ...toRow(changes),
      ...(begins && { waitedUntil: waitedUntil(act, trigger) }),
      version: sql`version + 1`,
      updatedAt: act.now,
    })
    .where("id", "=", before.id)
    .execute()
}

export async function removeRule(act: Act, id: string): Promise<void> {
  await act.tx.deleteFrom("automationRules").where("id", "=", id).execute()
}
