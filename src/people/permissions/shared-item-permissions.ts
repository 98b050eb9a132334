// Who sees a saved view, a saved reply or a macro: its owner, a team, or everybody.
import { type RawBuilder, sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { teamExists } from "../accounts/user-and-team-lookups.ts"
import { admin, manageView } from "./can.ts"
import type { Principal } from "./principal.ts"

export type SharingFields = { visibility: "me" | "team" | "all"; ownerId: string; teamId: string | null }

/** What `can.seeView` says, over a row of the table or alias. */
export function sharedWith(who: Principal, table: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  const team = admin(who) ? sql`true` : sql`${column("teamId")} = any(${who.teamIds}::text[])`
  return sql<boolean>`(${column("visibility")} = 'all' or (${column("visibility")} = 'me' and ${column("ownerId")} = ${who.id})
    or (${column("visibility")} = 'team' and ${team}))`
}

type SharingRequest = { visibility?: SharingFields["visibility"] | undefined; teamId?: string | null | undefined }

/** What leaves its team leaves the team's id behind too. */
export function sharingAfter(before: SharingFields, { visibility, teamId }: SharingRequest): SharingFields {
  const leaves = visibility !== undefined && visibility !== "team" && teamId === undefined
  return {
    ownerId: before.ownerId,
    visibility: visibility ?? before.visibility,
    teamId: leaves ? null : teamId === undefined ? before.teamId : teamId,
  }
}

export async function refuseInvalidSharing(act: Act, who: Principal, wanted: SharingFields): Promise<void> {
  const { visibility, teamId } = wanted
  if (visibility === "team" && teamId === null) throw invalidField("teamId", "is required for what is a team's")
  if (visibility !== "team" && teamId !== null) throw invalidField("teamId", "is for what is a team's only")
  refuseForeignItem(who, wanted)
  if (teamId !== null && !(await teamExists(act, teamId))) throw invalidField("teamId", "is not a team")
}

export function refuseForeignItem(who: Principal, it: SharingFields): void {
  if (manageView(who, it)) return
  throw new Refusal("forbidden", "forbidden", "Only leads share with their teams, and only admins with everybody")
}
