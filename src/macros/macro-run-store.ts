import type { Act } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import type { State } from "./apply-action.ts"

export type RunChange = { field: keyof State; old: unknown; new: unknown }
type Run = { id: string; macroId: string; ticketId: string; userId: string; changes: RunChange[] }

export async function insertRun(act: Act, { changes, ...run }: Run): Promise<void> {
  await act.tx
    .insertInto("macroRuns")
    .values({ ...run, changes: JSON.stringify(changes), at: act.now })
    .execute()
}

/** What this person did to the ticket by a macro. */
export async function lockRun(act: Act, { id, ticketId, userId }: Pick<Run, "id" | "ticketId" | "userId">) {
  const run = await act.tx
    .selectFrom("macroRuns")
    .selectAll()
    .where("id", "=", id)
    .where("ticketId", "=", ticketId)
    .where("userId", "=", userId)
    .forUpdate()
    .executeTakeFirst()
  if (!run) throw notFound("use of a macro")
  return { ...run, changes: run.changes as unknown as RunChange[] }
}

export async function markUndone(act: Act, id: string): Promise<void> {
  await act.tx.updateTable("macroRuns").set({ undoneAt: act.now }).where("id", "=", id).execute()
}
