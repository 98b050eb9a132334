import type { Act } from "#kernel/act.ts"
import { runIn, statement } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#events/index.ts"
import type { channels, priorities } from "./contract.ts"
import { insertTicketSql, type NewTicket } from "./create.ts"
import { lockTicket, type TicketRow } from "./store.ts"

export type Opening = {
  subject: string
  description: string
  channel: (typeof channels)[number]
  priority?: (typeof priorities)[number]
  contactId?: string | null
  assigneeId?: string | null
  teamId?: string | null
}

/** Opens a support ticket by hand: somebody called, or came by. It has no thread key, so it never joins another. */
export async function openSupport(act: Act, opening: Opening): Promise<TicketRow> {
  const {
    subject,
    description,
    channel,
    priority = "medium",
    contactId = null,
    assigneeId = null,
    teamId = null,
  } = opening
  const id = newId("tkt")
  const row: NewTicket = {
    id,
    kind: "support",
    threadKey: null,
    status: "open",
    channel,
    contactId,
    connectionId: null,
    isGroup: false,
    assigneeId,
    teamId,
    campaignShipmentId: null,
    unreadMessages: 0,
    createdByKind: act.actor.kind,
    createdById: act.actor.id,
    now: act.now,
    message: null,
  }
  await runIn(
    act.tx,
    statement("", (p) => insertTicketSql(p, row)),
  )
  await act.tx.updateTable("tickets").set({ subject, description, priority }).where("id", "=", id).execute()
  await record(act, "ticket.created", { ticketId: id })
  return lockTicket(act, id)
}
