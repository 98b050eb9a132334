import { isDeepStrictEqual } from "node:util"
import type { Act } from "#kernel/act.ts"
import { refuseUnknownCalendar } from "#calendars/index.ts"
import { customField } from "#conditions/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { teamExists, userFacts } from "#people/index.ts"
import type { Policy, PolicyFields } from "./api-contract.ts"
import { clearDefault, existingPolicy, insertPolicy, lockPolicy, removePolicy, savePolicy } from "./policy-store.ts"
import { isInUse } from "../targets/recomputation-queue.ts"

const audited = [
  "name",
  "priority",
  "isDefault",
  "enabled",
  "conditions",
  "calendarId",
  "targets",
  "visibleToCustomer",
  "escalations",
] as const

/** Refuses, by its field, what names something that is not there. */
export async function createPolicy(act: Act, fields: PolicyFields): Promise<Policy> {
  await refuseInvalid(act, fields)
  const id = newId("sla")
  if (fields.isDefault) await clearDefault(act)
  await insertPolicy(act, id, fields)
  const data = { change: "created", version: 1 }
  const about = { subjectId: id, name: fields.name, after: fields, fields: audited, data }
  await recordAdminAct(act, "sla_policy.changed", about)
  return existingPolicy(act.tx, id)
}

type Changes = { [K in keyof PolicyFields]?: PolicyFields[K] | undefined }

/** Changes what is given and differs. */
export async function changePolicy(act: Act, id: string, changes: Changes): Promise<Policy> {
  const before = await lockPolicy(act, id)
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && !isDeepStrictEqual(value, before[key as keyof Changes])
  const set = Object.fromEntries(Object.entries(changes).filter(differs)) as Partial<PolicyFields>
  const names = Object.keys(set)
  if (names.length === 0) return before
  const fields: PolicyFields = { ...pickFields(before), ...set }
  await refuseInvalid(act, fields, names)
  if (set.isDefault === true) await clearDefault(act)
  await savePolicy(act, id, fields)
  const after = await existingPolicy(act.tx, id)
  const data = { change: "changed", fields: names, version: after.version }
  const about = { subjectId: id, name: after.name, before, after, fields: audited, data }
  await recordAdminAct(act, "sla_policy.changed", about)
  return after
}

const pickFields = (policy: Policy): PolicyFields =>
  Object.fromEntries(audited.map((name) => [name, policy[name]])) as PolicyFields

/** Refuses (409 `in_use`) while open tickets are under it, unless an heir is named: their next policy, or none. */
export async function deletePolicy(act: Act, id: string, heir: string | undefined): Promise<void> {
  const before = await lockPolicy(act, id)
  if (heir === id) throw invalidField("heir", "is the policy itself")
  if (heir !== undefined && heir !== "none") await refuseUnknownHeir(act, heir)
  if (heir === undefined && (await isInUse(act, id)))
    throw new Refusal("conflict", "in_use", "Open tickets are under it: name their next policy in `heir`, or none")
  await removePolicy(act, id)
  // Its tickets are looked at when the event is read: until then some may still fall under it.
  const data = { change: "deleted", version: before.version, heir: heir ?? null, isWithoutSla: before.targets === null }
  const about = { subjectId: id, name: before.name, before, fields: audited, data }
  await recordAdminAct(act, "sla_policy.changed", about)
}

async function refuseUnknownHeir(act: Act, heir: string) {
  const known = await act.tx
    .selectFrom("slaPolicies")
    .select("id")
    .where("id", "=", heir)
    .forKeyShare()
    .executeTakeFirst()
  if (!known) throw invalidField("heir", "is not an SLA policy")
}

/** Looks at the fields of these names, all by default: later a team may be gone, and then nothing is handed to it. */
async function refuseInvalid(act: Act, fields: PolicyFields, changed: readonly string[] = audited) {
  const { isDefault, conditions, calendarId, escalations } = fields
  if (isDefault && conditions.length > 0)
    throw invalidField("conditions", "must be empty: the default policy is for what no other matches")
  if (changed.includes("calendarId")) await refuseUnknownCalendar(act, calendarId)
  if (changed.includes("conditions")) await refuseUnknownFields(act, conditions)
  if (changed.includes("escalations")) await refuseUnknownPeople(act, escalations)
}

async function refuseUnknownFields(act: Act, conditions: PolicyFields["conditions"]) {
  const keys = conditions.map(({ field }) => customField.exec(field)?.[1])
  const asked = keys.flatMap((key) => key ?? [])
  if (asked.length === 0) return
  const rows = await act.tx.selectFrom("customFields").select("key").where("key", "in", asked).execute()
  const known = new Set(rows.map(({ key }) => key))
  const at = keys.findIndex((key) => key !== undefined && !known.has(key))
  if (at >= 0) throw invalidField(`conditions.${at}.field`, "is not a field of tickets")
}

async function refuseUnknownPeople(act: Act, escalations: PolicyFields["escalations"]) {
  for (const [at, { notify = [], teamId }] of escalations.entries()) {
    if (teamId !== undefined && !(await teamExists(act, teamId)))
      throw invalidField(`escalations.${at}.teamId`, "is not a team")
    for (const [n, who] of notify.entries()) {
      const user = who.startsWith("usr_") ? await userFacts(act, who) : null
      const isStaff = user !== null && user.role !== "user" && !user.disabled
      if (who.startsWith("usr_") && !isStaff)
        throw invalidField(`escalations.${at}.notify.${n}`, "is not an active agent")
    }
  }
}
