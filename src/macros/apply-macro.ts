import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import { refuseMerged, showTicket, type Ticket, type TicketRow } from "#tickets/index.ts"
import { applyAction, type State, stateOf } from "./apply-action.ts"
import type { Action, FilledText } from "./api-contract.ts"
import { existingMacro } from "./macro-store.ts"
import { insertRun, type RunChange } from "./macro-run-store.ts"
import { fillForTicket } from "./fill-placeholders-for-ticket.ts"

export const undoSeconds = 60

export type AppliedMacro = {
  ticket: Ticket
  runId: string
  undoUntil: Date
  changes: RunChange[]
  reply: (FilledText & { isInternal: boolean }) | null
}

/**
 * All actions of the macro on a locked ticket, or none: the first one refused refuses the whole and is named. The reply is filled in and
 * returned for the agent to read and send; nothing is sent from here.
 */
export async function applyMacro(
  act: Act,
  who: Principal,
  ticket: TicketRow,
  { macroId, content }: { macroId: string; content?: string | undefined },
): Promise<AppliedMacro> {
  const macro = await existingMacro(act.tx, who, macroId)
  refuseMerged(ticket)
  const { id } = ticket
  const shown = await showTicket(act, who, id)
  const before = await stateOf(act, id)
  for (const [i, action] of macro.actions.entries()) await naming(i, action, () => applyAction(act, who, id, action))
  const changes = differences(before, await stateOf(act, id))
  const run = { id: newId("mrn"), macroId: macro.id, ticketId: id, userId: who.id, changes }
  await insertRun(act, run)
  const data = { runId: run.id, changes: changes.map(({ field }) => field) }
  await record(act, "macro.applied", { ticketId: id, subjectId: macro.id, data })
  const text = content ?? macro.reply?.content
  const reply =
    text === undefined
      ? null
      : { ...(await fillForTicket(act.tx, who, shown, text)), isInternal: macro.reply?.isInternal ?? false }
  const undoUntil = new Date(act.now.getTime() + undoSeconds * 1000)
  return { ticket: await showTicket(act, who, id), runId: run.id, undoUntil, changes, reply }
}

async function naming(index: number, { type }: Action, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const more = { ...error.extra.more, action: { index, type } }
    throw new Refusal(error.kind, error.code, `${type}: ${error.message}`, { ...error.extra, more })
  }
}

function differences(before: State, after: State): RunChange[] {
  return (Object.keys(before) as (keyof State)[])
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, old: before[field], new: after[field] }))
}
