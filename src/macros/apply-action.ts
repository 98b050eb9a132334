// What a macro does to a ticket, action by action, through the same verbs as a person's own hand.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Principal } from "#people/index.ts"
import {
  assignByHand,
  categoriesOf,
  lockTicket,
  changeStatus,
  snooze,
  type Status,
  tagsAfter,
  type TicketRow,
  updateFields,
} from "#tickets/index.ts"
import type { Action } from "./api-contract.ts"

export async function applyAction(act: Act, who: Principal, ticketId: string, action: Action): Promise<unknown> {
  const ticket = await lockTicket(act, ticketId)
  switch (action.type) {
    case "status":
      return changeStatus(act, who, ticket, { status: action.value as Status })
    case "assign":
      return assignByHand(act, who, ticket, { agentId: action.value === "me" ? who.id : action.value })
    case "team":
      return assignByHand(act, who, ticket, { teamId: action.value })
    default:
      return applyFieldAction(act, ticket, action)
  }
}

/** Those that ask of nobody whether they may: who may change the ticket may do all of them. */
export type FieldAction = Exclude<Action, { type: "status" | "assign" | "team" }>

/** Changes a locked ticket. */
export async function applyFieldAction(act: Act, ticket: TicketRow, action: FieldAction): Promise<unknown> {
  switch (action.type) {
    case "priority":
      return updateFields(act, ticket, { priority: action.value })
    case "addTags":
      return updateFields(act, ticket, { tags: tagsAfter(ticket.tags, { add: action.value }) })
    case "removeTags":
      return updateFields(act, ticket, { tags: tagsAfter(ticket.tags, { remove: action.value }) })
    case "snooze":
      return snooze(act, ticket, new Date(act.now.getTime() + action.value * 60_000))
    case "categories":
      return updateFields(act, ticket, { categoryIds: action.value })
  }
}

export type State = Pick<TicketRow, "status" | "assigneeId" | "teamId" | "priority" | "tags"> & {
  snoozedUntil: string | null
  categoryIds: string[]
}

/** What macros may change of a ticket, as it can be kept and compared. */
export async function stateOf(act: Act, ticketId: string): Promise<State> {
  const { status, assigneeId, teamId, priority, tags, snoozedUntil } = await lockTicket(act, ticketId)
  const categoryIds = await categoriesOf(act, ticketId)
  return { status, assigneeId, teamId, priority, tags, snoozedUntil: snoozedUntil?.toISOString() ?? null, categoryIds }
}

/** Does the work, or leaves no trace of it and says why it was refused. */
export async function tryAction(act: Act, work: () => Promise<unknown>): Promise<Refusal | null> {
  await sql`savepoint attempt`.execute(act.tx)
  try {
    await work()
    await sql`release savepoint attempt`.execute(act.tx)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint attempt`.execute(act.tx)
    return error
  }
}
