import { record } from "#events/index.ts"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import type { Team, TeamFields } from "./contract.ts"
import { fillTeam } from "./memberships.ts"
import { clearDefaultMark, insertTeam, lockDefaultMark, teamById } from "./store/teams.ts"
import { refusingDuplicates } from "./unique.ts"

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
  await refusingDuplicates(
    insertTeam(act, { id, name, isDefault, ...(autoAssign && { autoAssign }), createdAt: act.now }),
  )
  const userIds = await fillTeam(act, id, lists)
  await record(act, "team.changed", { subjectId: id, data: { change: "created", isDefault, userIds } })
  return (await teamById(act.tx, id))!
}
