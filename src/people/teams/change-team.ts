import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { invalidField, notFound } from "#kernel/errors.ts"
import { changedNames, withoutUndefined } from "../changed-fields.ts"
import type { Team, TeamFields } from "../api-contract.ts"
import { teamFields } from "./create-team.ts"
import { setMembers } from "./memberships.ts"
import { clearDefaultMark, lockDefaultMark, lockTeam, saveTeam, teamById } from "./team-store.ts"
import { refuseDuplicates } from "../refuse-taken-email-or-name.ts"

type TeamChanges = { [K in keyof TeamFields]?: TeamFields[K] | undefined }

/** The default mark is taken by another team, never given up. */
export async function changeTeam(act: Act, id: string, { memberIds, leadIds, ...fields }: TeamChanges): Promise<Team> {
  if (fields.isDefault) await lockDefaultMark(act)
  const before = await lockTeam(act, id)
  if (!before) throw notFound("team")
  if (before.isDefault && fields.isDefault === false) {
    throw invalidField("isDefault", "is taken away by making another team the default")
  }
  const was = (await teamById(act.tx, id))!
  if (fields.isDefault && !before.isDefault) await clearDefaultMark(act)
  const sameKinds = fields.autoAssign?.join() === before.autoAssign.join()
  const changes = changedNames({ ...fields, autoAssign: sameKinds ? undefined : fields.autoAssign }, before)
  if (changes.length > 0) await refuseDuplicates(saveTeam(act, id, withoutUndefined(fields)))
  const userIds = await setMembers(act, id, { memberIds, leadIds })
  if (userIds.length > 0) changes.push("members")
  const after = (await teamById(act.tx, id))!
  if (changes.length > 0) {
    const change = { name: after.name, before: was, after, fields: teamFields }
    await recordAdminAct(act, "team.changed", {
      subjectId: id,
      ...change,
      data: { change: "changed", changes, userIds },
    })
  }
  return after
}
