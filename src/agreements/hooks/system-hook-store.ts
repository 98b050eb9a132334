import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { type Purge, purgeRows } from "#kernel/jobs/cleanup.ts"
import type { Kit } from "#kernel/kit.ts"
import type { AdmittedHook, StoredHook } from "../systems/system-hook.ts"

export const hooksTopic = "system-hooks"

export type NewHook = AdmittedHook & { path: string; body: Buffer; isHint: boolean; receivedAt: Date }

/** On the disk before anybody says so. A repetition changes nothing, and gets the id of the first. */
export async function storeHook(db: Database, hook: NewHook): Promise<StoredHook> {
  // PostgreSQL cannot hold NUL, and neither JSON nor a form has a place for it.
  const body = hook.body.toString("utf8").replaceAll("\0", "\uFFFD")
  const { rows } = await sql<StoredHook>`
    insert into system_hooks as h (system_id, path, digest, body, is_hint, received_at, next_at)
    values (${hook.systemId}, ${hook.path}, ${hook.digest}, ${body}, ${hook.isHint}, ${hook.receivedAt}, ${hook.receivedAt})
    on conflict (system_id, path, digest) do update set digest = h.digest
    returning id, (xmax = 0) as "isNew"`.execute(db.kysely)
  db.wakes.wake(hooksTopic)
  return rows[0]!
}

export type ClaimedHook = {
  id: number
  systemId: string
  path: string
  body: string
  receivedAt: Date
  tries: number
}

const columns = sql`id, system_id as "systemId", path, body, received_at as "receivedAt", tries`

/** The next due one, if any, in the order in which they came; it is locked until the transaction ends. */
export async function claimNextHook(act: Act): Promise<ClaimedHook[]> {
  const { rows } = await sql<ClaimedHook>`select ${columns} from system_hooks
    where state = 'stored' and not is_hint and next_at <= ${act.now} order by id limit 1
    for update`.execute(act.tx)
  return rows
}

export async function finishHook(act: Act, id: number, outcome: string): Promise<void> {
  const set = { state: "done", body: "", outcome } as const
  await act.tx.updateTable("systemHooks").set(set).where("id", "=", id).execute()
}

/** Hints that came, at most so many; they are done whatever becomes of them. */
export async function takeHints(kit: Kit, most: number): Promise<Pick<ClaimedHook, "systemId" | "path" | "body">[]> {
  const { rows } = await sql<ClaimedHook>`
    update system_hooks h set state = 'done', body = ''
    from (select ${columns} from system_hooks where state = 'stored' and is_hint order by id limit ${most}
      for update skip locked) came
    where h.id = came.id returning came.*`.execute(kit.db.kysely)
  return rows
}

// Within some 34 minutes.
const mostTries = 12

/** To be tried again, after a second and then after twice as long each time; in the end it waits for somebody to look at it. */
export async function postponeHook(kit: Kit, { id, tries }: ClaimedHook, reason: string): Promise<void> {
  const nextAt = new Date(kit.now().getTime() + 1_000 * 2 ** tries)
  const state = tries + 1 < mostTries ? "stored" : "failed"
  await kit.db.kysely
    .updateTable("systemHooks")
    .set({ state, tries: tries + 1, nextAt, outcome: reason })
    .where("id", "=", id)
    .where("state", "=", "stored")
    .execute()
}

const keptDays = 365

/** A ticket's hooks may be repeated for as long as it lives. What could not be processed stays until somebody looked. */
export const purgeHooks: Purge = (act) =>
  purgeRows(
    act,
    "systemHooks",
    sql`state = 'done' and received_at < ${act.now}::timestamptz
      - make_interval(days => case when is_hint then 2 else ${keptDays} end)`,
  )
