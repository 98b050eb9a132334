// The plan for the two everyday cases before anything is read: one statement then looks whether the case is as it was
// assumed, and writes the plan only if it is.
import { newId } from "#kernel/ids.ts"
import { conversationKey } from "#tickets/index.ts"
import { type InboundMessage, proofOf, toSaid } from "../inbound-message.ts"
import type { PlannedMessage } from "../plan-batch-from-snapshot.ts"
import { type KnownTicket, type MessagePlan, planMessages } from "../plan-messages.ts"

/** It is decided without them. */
const noPolicy = {
  windowMinutes: 0,
  reopenFrom: "activity",
  acknowledgements: [],
  farewellText: null,
  supportDays: 0,
} as const

const thread = "thread"
const activeTicket: KnownTicket = {
  id: "",
  number: "",
  kind: "conversation",
  status: "open",
  active: true,
  assigneeId: null,
  campaignShipmentId: null,
  updatedAt: new Date(0),
  closedAt: null,
  firstMessageAt: null,
  lastMessageAt: null,
  categoryWindowMinutes: null,
}

function planFor(inbound: InboundMessage, now: Date, tickets: KnownTicket[], newTicketId = ""): MessagePlan {
  const more = { policy: noPolicy, threadKey: thread, sentAt: inbound.sentAt, about: null, newTicketId }
  const [planned] = planMessages({ now, threads: new Map([[thread, tickets]]) }, [
    { said: toSaid(inbound, false), ...more },
  ])
  if (!planned || planned === "later" || !("decision" in planned)) throw new Error("the everyday case is not planned")
  return planned
}

/** Where the thread has an active conversation, and nobody is blocked. */
export const planOfJoin = (inbound: InboundMessage, now: Date): MessagePlan => planFor(inbound, now, [activeTicket])

type Place = Pick<PlannedMessage, "connection" | "by" | "message">

/** Where nobody has the address: the sender is created, and has no ticket. `by`: who hands it in; `message`: its row, of nobody yet. */
export function planOfFirst(inbound: InboundMessage, now: Date, { connection, by, message }: Place): PlannedMessage {
  const { identity, name } = inbound.person
  const [contactId, identityId] = [newId("ctc"), newId("idn")]
  const identities = [{ ...identity, id: identityId }]
  const newcomer = { id: contactId, name, isGroup: false, identities, proof: proofOf(inbound) }
  const person = { contactId, identityId, isNamed: true, isBlocked: false, newcomer }
  const isIn = inbound.direction === "in"
  const said = { ...message, contactId, identityId }
  return {
    inbound,
    connection,
    message: isIn ? { ...said, senderId: contactId } : said,
    by: isIn ? { kind: "contact", id: contactId } : by,
    sender: person,
    thread: person,
    threadKey: conversationKey(connection.id, contactId),
    planned: planFor(inbound, now, [], newId("tkt")),
  }
}
