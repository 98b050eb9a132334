// Who stands in which team. Customers stand in none.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Role } from "../permissions/principal.ts"
import { addMembers, lockStaffForShare, lockTeamsForShare, membersOf, removeMembers, teamIdsOf } from "./team-store.ts"

/** Makes `teamIds` the teams of a user; leads of a team that stays go on leading it. True when something changed. */
export async function setTeams(act: Act, user: { id: string; role: Role }, teamIds: string[]): Promise<boolean> {
  const wanted = [...new Set(teamIds)]
  if (wanted.length > 0 && user.role === "user") throw invalidField("teamIds", "must be empty for a customer")
  const known = await lockTeamsForShare(act, wanted)
  const unknown = wanted.find((id) => !known.includes(id))
  if (unknown !== undefined) throw invalidField("teamIds", `${unknown} is not a team`)
  const before = await teamIdsOf(act, user.id)
  const left = before.filter((id) => !wanted.includes(id))
  const joined = wanted.filter((id) => !before.includes(id))
  await removeMembers(
    act,
    left.map((teamId) => ({ teamId, userId: user.id })),
  )
  await addMembers(
    act,
    joined.map((teamId) => ({ teamId, userId: user.id, isLead: false })),
  )
  return left.length + joined.length > 0
}

type Lists = { memberIds?: string[] | undefined; leadIds?: string[] | undefined }

/** Makes the lists the team's. A list not given stays, as far as the other one allows. Returns who came, left or changed. */
export async function setMembers(act: Act, teamId: string, { memberIds, leadIds }: Lists): Promise<string[]> {
  if (memberIds === undefined && leadIds === undefined) return []
  const before = new Map((await membersOf(act, teamId)).map((row) => [row.userId, row.isLead]))
  const everybody = new Set([...(memberIds ?? before.keys()), ...(leadIds ?? [])])
  await refuseOthersThanStaff(
    act,
    "memberIds",
    (memberIds ?? []).filter((id) => !before.has(id)),
  )
  await refuseOthersThanStaff(
    act,
    "leadIds",
    (leadIds ?? []).filter((id) => !before.has(id)),
  )
  const leads = new Set(leadIds ?? [...before].flatMap(([id, isLead]) => (isLead ? [id] : [])))
  const left = [...before.keys()].filter((id) => !everybody.has(id))
  const changed = [...everybody].filter((id) => before.get(id) !== leads.has(id))
  await removeMembers(
    act,
    left.map((userId) => ({ teamId, userId })),
  )
  await addMembers(
    act,
    changed.map((userId) => ({ teamId, userId, isLead: leads.has(userId) })),
  )
  return [...left, ...changed]
}

async function refuseOthersThanStaff(act: Act, field: string, ids: string[]) {
  const staff = await lockStaffForShare(act, ids)
  const other = ids.find((id) => !staff.includes(id))
  if (other !== undefined) throw invalidField(field, `${other} is not an agent, lead or admin`)
}
