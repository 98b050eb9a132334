// A prepared reply and the acts that go with it, under a name.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { recordAdminAct } from "#event-log/index.ts"
import {
  type Principal,
  teamExists,
  userFacts,
  refuseForeignItem,
  refuseInvalidSharing,
  sharingAfter,
} from "#people/index.ts"
import { statuses, unknownCategories } from "#tickets/index.ts"
import { type Action, type MacroChanges, type MacroFields, occasions } from "./api-contract.ts"
import { insertMacro, lockMacro, type MacroRow, removeMacro, saveMacro } from "./macro-store.ts"
import { refuseUnknownVariables } from "./fill-placeholders-for-ticket.ts"

const audited = ["name", "visibility", "teamId", "usableWhen", "reply", "actions"] as const

export async function createMacro(act: Act, who: Principal, fields: MacroFields): Promise<string> {
  const { name, visibility, teamId = null, usableWhen = [...occasions], reply = null, actions } = fields
  const row = { id: newId("mac"), name, visibility, teamId, ownerId: who.id, usableWhen, reply, actions }
  await refuseWrong(act, who, row)
  await insertMacro(act, row)
  await recordAdminAct(act, "macro.changed", { subjectId: row.id, name, after: row, fields: audited })
  return row.id
}

export async function changeMacro(act: Act, who: Principal, id: string, changes: MacroChanges): Promise<void> {
  const before = await lockMacro(act, who, id)
  refuseForeignItem(who, before)
  const { name = before.name, usableWhen = before.usableWhen, actions = before.actions } = changes
  const reply = changes.reply === undefined ? before.reply : changes.reply
  const after = { id, name, usableWhen, reply, actions, ...sharingAfter(before, changes) }
  await refuseWrong(act, who, after)
  await saveMacro(act, after)
  await recordAdminAct(act, "macro.changed", { subjectId: id, name, before, after, fields: audited })
}

export async function deleteMacro(act: Act, who: Principal, id: string): Promise<void> {
  const before = await lockMacro(act, who, id)
  refuseForeignItem(who, before)
  await removeMacro(act, id)
  await recordAdminAct(act, "macro.changed", { subjectId: id, name: before.name, before, fields: audited })
}

type MacroValues = Omit<MacroRow, "ownerName" | "createdAt" | "updatedAt">

async function refuseWrong(act: Act, who: Principal, macro: MacroValues): Promise<void> {
  await refuseInvalidSharing(act, who, macro)
  if (macro.reply === null && macro.actions.length === 0) {
    throw invalidField("actions", "must hold at least one action when there is no reply")
  }
  if (macro.reply) refuseUnknownVariables("reply.content", macro.reply.content)
  for (const [i, action] of macro.actions.entries()) {
    const wrong = await wrongValue(act, action)
    if (wrong !== null) throw invalidField(`actions.${i}.value`, wrong)
  }
}

/** Later they may go: then the macro's preview says so, and applying it is refused. */
async function wrongValue(act: Act, { type, value }: Action): Promise<string | null> {
  switch (type) {
    case "status":
      return (statuses as readonly string[]).includes(value) ? null : `must be one of ${statuses.join(", ")}`
    case "team":
      return value === null || (await teamExists(act, value)) ? null : "is not a team"
    case "assign":
      return value === null || value === "me" || (await isAgent(act, value)) ? null : "is not an active agent"
    case "categories": {
      const [unknown] = await unknownCategories(act, value)
      return unknown === undefined ? null : `${unknown} is not a category`
    }
    default:
      return null
  }
}

async function isAgent(act: Act, id: string): Promise<boolean> {
  const agent = await userFacts(act, id)
  return agent !== null && agent.role !== "user" && !agent.disabled
}
