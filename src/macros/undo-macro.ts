// Takes back what a macro changed, field by field, where nobody changed it since.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { record } from "#event-log/index.ts"
import type { Principal } from "#people/index.ts"
import {
  assign,
  transition,
  lockTicket,
  nextStatuses,
  showTicket,
  snooze,
  type Status,
  type Ticket,
  type TicketRow,
  updateFields,
  unsnooze,
} from "#tickets/index.ts"
import { tryAction, type State, stateOf } from "./apply-action.ts"
import { undoSeconds } from "./apply-macro.ts"
import { lockRun, markUndone, type RunChange } from "./macro-run-store.ts"

export type UndoneMacro = { ticket: Ticket; undone: string[]; kept: { field: string; because: string }[] }

/** The same again is no harm: what was taken back is as it was. Refuses (409 `too_late`) after the time for it. */
export async function undoMacro(act: Act, who: Principal, { id }: TicketRow, runId: string): Promise<UndoneMacro> {
  const run = await lockRun(act, { id: runId, ticketId: id, userId: who.id })
  const [undone, kept]: [string[], UndoneMacro["kept"]] = [[], []]
  if (run.undoneAt === null) {
    if (act.now.getTime() - run.at.getTime() > undoSeconds * 1000) throw new Refusal("conflict", "too_late")
    const now = await stateOf(act, id)
    for (const fields of inOrder(run.changes)) {
      const because = await takeBack(act, id, fields, now)
      const names = fields.map(({ field }) => field)
      if (because === null) undone.push(...names)
      else kept.push(...names.map((field) => ({ field, because })))
    }
    await markUndone(act, runId)
    await record(act, "macro.undone", { ticketId: id, subjectId: run.macroId, data: { runId, changes: undone } })
  }
  return { ticket: await showTicket(act, who, id), undone, kept }
}

// Agent and team are one matter; the status comes after them, since giving and taking an agent may move it, and only what
// is not over can be snoozed.
const combined: (keyof State)[][] = [
  ["priority"],
  ["tags"],
  ["categoryIds"],
  ["assigneeId", "teamId"],
  ["status"],
  ["snoozedUntil"],
]

const inOrder = (changes: RunChange[]): RunChange[][] =>
  combined.map((fields) => changes.filter(({ field }) => fields.includes(field))).filter((fields) => fields.length > 0)

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Why not, or null when it is as it was. */
async function takeBack(act: Act, ticketId: string, fields: RunChange[], now: State): Promise<string | null> {
  if (fields.some((it) => !isSame(now[it.field], it.new))) return "changed"
  const refusal = await tryAction(act, () =>
    restore(act, ticketId, Object.fromEntries(fields.map((f) => [f.field, f.old]))),
  )
  return refusal?.code ?? null
}

async function restore(act: Act, ticketId: string, old: Partial<State>): Promise<unknown> {
  const ticket = await lockTicket(act, ticketId)
  const { assigneeId: agentId, teamId, status, snoozedUntil, ...fields } = old
  if (agentId !== undefined || teamId !== undefined) return assign(act, ticket, { agentId, teamId })
  if (status !== undefined) return restoreStatus(act, ticketId, status)
  if (snoozedUntil !== undefined) {
    return snoozedUntil === null ? unsnooze(act, ticket) : snooze(act, ticket, new Date(snoozedUntil))
  }
  return updateFields(act, ticket, fields)
}

/** Straight back where the lifecycle has that step, else by way of open. */
async function restoreStatus(act: Act, ticketId: string, to: Status): Promise<void> {
  const ticket = await lockTicket(act, ticketId)
  const direct = ticket.status === to || nextStatuses(ticket.kind, ticket.status).includes(to)
  const reached = direct ? ticket : await transition(act, ticket, { to: "open" })
  await transition(act, reached, { to })
}
