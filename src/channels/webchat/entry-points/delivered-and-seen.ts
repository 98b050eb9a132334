// What became of messages on either side of a chat: fetched and seen by the visitor, read by staff.
import { inTransaction } from "#kernel/act.ts"
import { notFound } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { type DeliveryState, setDelivery } from "#messages/index.ts"
import { publicMessages, type VisibleMessage } from "./visible-messages.ts"

/** Of a ticket the newest are unread, so many as it counts; earlier tickets are over. */
export function newestSeen(rows: VisibleMessage[]): string | null {
  const own = rows.filter(({ direction }) => direction === "in")
  const last = own.at(-1)
  const here = own.filter(({ ticketId }) => ticketId === last?.ticketId)
  const seen = last ? own.slice(0, own.length - Math.min(last.unread, here.length)) : []
  return seen.at(-1)?.id ?? null
}

const isOnItsWay = (state: DeliveryState) => state === "queued" || state === "sent" || state === "delivered"

export async function markDelivered(kit: Kit, rows: VisibleMessage[]) {
  const isWaiting = ({ deliveryState: state, direction }: VisibleMessage) =>
    direction === "out" && state !== "delivered" && isOnItsWay(state)
  await deliver(kit, rows.filter(isWaiting), "delivered")
}

/** The visitor has had the messages up to this one before their eyes. One that is none of theirs to see is not found. */
export async function markSeen(kit: Kit, connectionId: string, visitorId: string, messageId: string): Promise<void> {
  const rows = await publicMessages(kit, connectionId, visitorId)
  const place = rows.findIndex(({ id }) => id === messageId)
  if (place < 0) throw notFound("message")
  const unseen = rows
    .slice(0, place + 1)
    .filter(({ direction, deliveryState: state }) => direction === "out" && isOnItsWay(state))
  await deliver(kit, unseen, "read")
}

async function deliver(kit: Kit, rows: VisibleMessage[], to: "delivered" | "read") {
  const [first] = rows
  if (!first) return
  await inTransaction(kit.db, { actor: { kind: "contact", id: first.contactId }, now: kit.now() }, async (act) => {
    for (const { id } of rows) await setDelivery(act, id, to)
  })
}
