// What a rule names besides itself, and which of it is gone.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Condition } from "#conditions/index.ts"
import { statuses } from "#tickets/index.ts"
import type { RuleAction, RuleProblem } from "./api-contract.ts"

type RuleParts = { conditions: Condition[]; actions: RuleAction[] }
type Reference = { path: string; of: string; id: string; what: string }

const nameable: Record<string, string> = {
  categoryId: "a category",
  connectionId: "a connection",
  teamId: "a team",
  assigneeId: "an active agent",
  openCalendarId: "a calendar",
}

/** All that a rule names, by its place in the rule. Conditions that look for a part of an id name nothing. */
function referencesOf({ conditions, actions }: RuleParts): Reference[] {
  const ofConditions = conditions.flatMap(({ field, operator, value }, nth) => {
    const path = `conditions.${nth}.value`
    if (field.startsWith("customFields.")) return [{ path, of: field, id: field, what: "a custom field" }]
    const what = nameable[field]
    if (what === undefined || !["equals", "notEquals", "in"].includes(operator)) return []
    const ids = [value].flat().filter((one): one is string => typeof one === "string" && one !== "")
    return ids.map((id) => ({ path, of: field, id, what }))
  })
  const ofActions = actions.flatMap((action, nth) =>
    namedBy(action).map((one) => ({ ...one, path: `actions.${nth}.value`, of: action.type })),
  )
  return [...ofConditions, ...ofActions]
}

function namedBy({ type, value }: RuleAction): Pick<Reference, "id" | "what">[] {
  switch (type) {
    case "team":
      return [{ id: value ?? "", what: "a team" }]
    case "assign":
      return [{ id: value ?? "", what: "an active agent" }]
    case "categories":
      return value.map((id) => ({ id, what: "a category" }))
    case "reply":
      return [{ id: value, what: "a saved reply that is shared" }]
    case "status":
      return [{ id: value, what: `one of ${statuses.join(", ")}` }]
    default:
      return []
  }
}

/** Of each rule, what it names that is gone, in its order. */
export async function goneOf(from: Kysely<DB>, rules: readonly RuleParts[]): Promise<RuleProblem[][]> {
  const references = rules.map(referencesOf)
  const ids = [...new Set(references.flat().map(({ id }) => id))]
  const there = ids.length === 0 ? new Set<string>() : await existingAmong(from, ids)
  return references.map((all) =>
    all.filter(({ id }) => !there.has(id)).map(({ path, of, what }) => ({ path, of, because: `is not ${what}` })),
  )
}

/** One's own saved replies are their owner's alone: a rule sends those that are shared. */
async function existingAmong(from: Kysely<DB>, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from teams where id = any(${ids}::text[])
    union all select id from users where id = any(${ids}::text[]) and role <> 'user' and disabled_at is null
    union all select id from categories where id = any(${ids}::text[])
    union all select id from connections where id = any(${ids}::text[]) and deleted_at is null
    union all select id from calendars where id = any(${ids}::text[])
    union all select id from saved_replies where id = any(${ids}::text[]) and visibility <> 'me'
    union all select 'customFields.' || key from custom_fields where 'customFields.' || key = any(${ids}::text[])`.execute(
    from,
  )
  return new Set([...statuses, ...rows.map(({ id }) => id)])
}
