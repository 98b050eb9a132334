import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { teamFields } from "./create-team.ts"
import { lockTeam, membersOf, removeTeam, teamById } from "./team-store.ts"

/** Refuses while it is the default team, or while a ticket or a connection names it: the database knows, without a look. */
export async function deleteTeam(act: Act, id: string) {
  const team = await lockTeam(act, id)
  if (!team) throw notFound("team")
  if (team.isDefault)
    throw new Refusal("conflict", "in_use", "It is the default team; make another team the default first")
  const before = (await teamById(act.tx, id))!
  const userIds = (await membersOf(act, id)).map((row) => row.userId)
  try {
    await removeTeam(act, id)
  } catch (error) {
    if ((error as { code?: string }).code !== "23503") throw error
    throw new Refusal("conflict", "in_use", "Tickets or connections belong to this team")
  }
  const change = { name: team.name, before, fields: teamFields, data: { change: "deleted", userIds } }
  await recordAdminAct(act, "team.changed", { subjectId: id, ...change })
}
