import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { Team, TeamFields } from "../api-contract.ts"
import { setMembers } from "./memberships.ts"
import { clearDefaultMark, insertTeam, lockDefaultMark, teamById } from "./team-store.ts"
import { refuseDuplicates } from "../refuse-taken-email-or-name.ts"

/** What the audit log holds of a team. */
export const teamFields = ["name", "isDefault", "autoAssign", "memberIds", "leadIds"] as const

/** `isDefault` takes the mark from the team that had it. */
export async function createTeam(
  act: Act,
  { name, isDefault = false, autoAssign, ...lists }: TeamFields,
): Promise<Team> {
  const id = newId("tem")
  if (isDefault) {
    await lockDefaultMark(act)
    await clearDefaultMark(act)
  }
  await refuseDuplicates(
    insertTeam(act, { id, name, isDefault, ...(autoAssign && { autoAssign }), createdAt: act.now }),
  )
  const userIds = await setMembers(act, id, lists)
  const after = (await teamById(act.tx, id))!
  const data = { change: "created", isDefault, userIds }
  await recordAdminAct(act, "team.changed", { subjectId: id, name, after, fields: teamFields, data })
  return after
}
