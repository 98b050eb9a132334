// What the messages of a batch say of their tickets: how many, from when to when, and when staff answered first. Notes count for nothing.
import type { Act } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import type { PlacedMessage } from "#messages/index.ts"
import { saveImportedFirstResponses, updateTotalsStatement } from "#tickets/index.ts"
import type { PlannedTicket } from "./plan-tickets.ts"

const isAnswer = ({ senderKind }: PlacedMessage) => senderKind === "user"

const publicOnes = (messages: readonly PlacedMessage[]) =>
  Map.groupBy(
    messages.filter(({ isInternal }) => !isInternal),
    ({ ticketId }) => ticketId,
  )

/** To the tickets that come with their messages. The text with which a ticket opens answers nobody. */
export function addTotals(planned: readonly PlannedTicket[], messages: readonly PlacedMessage[]): void {
  const byTicket = publicOnes(messages)
  for (const { ticket } of planned) {
    const own = byTicket.get(ticket.id) ?? []
    ticket.messages = own.length
    ticket.firstAt = own[0]?.sentAt ?? null
    ticket.lastAt = own.at(-1)?.sentAt ?? null
    ticket.firstResponseAt ??= own.slice(1).find(isAnswer)?.sentAt ?? null
  }
}

/** Of tickets that were there before. Nobody changed them: nothing is unread, and nothing counts as a change. */
export async function saveTotalsOfKnownTickets(
  act: Act,
  planned: readonly PlannedTicket[],
  messages: readonly PlacedMessage[],
): Promise<void> {
  const made = new Set(planned.map(({ ticket }) => ticket.id))
  const known = [...publicOnes(messages)].filter(([id]) => !made.has(id)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (known.length === 0) return
  const read = { isRead: false, unread: 0, isAnswered: false, waitingFrom: null }
  const nothing = { ...read, wakes: false, touches: false, campaignShipmentId: null }
  const totals = known.map(([id, own]) => {
    return { id, messages: own.length, firstAt: own[0]!.sentAt, lastAt: own.at(-1)!.sentAt, ...nothing }
  })
  await runIn(act.tx, updateTotalsStatement(totals, act.now))
  const answered = known.flatMap(([id, own]) =>
    own
      .filter(isAnswer)
      .slice(0, 1)
      .map(({ sentAt }) => ({ id, at: sentAt })),
  )
  await saveImportedFirstResponses(act, answered)
}
