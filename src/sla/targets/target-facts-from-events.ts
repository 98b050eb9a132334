// What an event of the log means for deadlines.
import type { EventKind, LoggedEvent } from "#event-log/index.ts"
import type { Fact } from "./apply-facts-to-targets.ts"
import type { TrackedTicket } from "./ticket-facts-for-targets.ts"

export const factKinds: EventKind[] = [
  "ticket.created",
  "ticket.reopened",
  "ticket.split_off",
  "ticket.status_changed",
  "ticket.resolved",
  "ticket.closed",
  "message.received",
  "message.posted",
  "message.sent_again",
]

export type EventContext = {
  ticket: TrackedTicket
  /** The cycle that the event began. */
  cycle: number
  isCustomer: (actorId: string) => boolean
}

/** Null: it changes no deadline. */
export function factOf(event: LoggedEvent, { ticket, cycle, isCustomer }: EventContext): Fact | null {
  const { at, data, actorKind, actorId } = event
  // It was there before its connection, and nobody has promised anything for that time.
  if (data["silent"] === true) return null
  switch (event.kind) {
    case "ticket.created": {
      // What we send of ourselves waits for nobody.
      if (data["status"] === "closed" || data["origin"] === "import") return null
      const awaitsResponse = ticket.kind === "support" || actorKind === "contact"
      return { what: "opened", at, cycle, by: "created", awaitsResponse }
    }
    case "ticket.reopened": {
      const awaitsResponse = actorKind === "contact" || (actorId !== null && isCustomer(actorId))
      return { what: "opened", at, cycle, by: "reopened", awaitsResponse }
    }
    case "ticket.split_off":
      return ticket.firstResponseAt !== null && ticket.firstResponseAt <= at ? { what: "answered", at } : null
    case "ticket.status_changed":
      return pauseOf(event, ticket)
    case "ticket.resolved":
      return { what: "ended", at }
    case "ticket.closed":
      // What is merged goes on with the ticket that it leads to.
      return data["mergedInto"] === undefined ? { what: "ended", at } : null
    case "message.received":
      return data["direction"] === "in" ? { what: "customer_wrote", at } : null
    case "message.posted":
      return isAnswer(event) ? { what: "answered", at } : null
    default:
      return event.kind === "message.sent_again" ? { what: "answered", at } : null
  }
}

/** A ticket of the past has no targets until its customer writes: with that message its cycle begins. */
export const orBeginning = (fact: Fact, isRunning: boolean, { isOfPast, cycle }: TrackedTicket): Fact =>
  fact.what === "customer_wrote" && isOfPast && !isRunning
    ? { what: "opened", at: fact.at, cycle, by: "customer_message", awaitsResponse: true }
    : fact

/** Only a support ticket waits for its customer: a conversation that is pending waits for an agent. */
function pauseOf({ at, data }: LoggedEvent, { kind }: TrackedTicket): Fact | null {
  if (kind !== "support" || data["mergedInto"] !== undefined) return null
  if (data["to"] === "pending") return { what: "paused", at }
  return data["from"] === "pending" ? { what: "resumed", at } : null
}

/** By a person, of whom the customer can get it: neither an automatic text nor the text with which a ticket opens. */
const isAnswer = ({ actorKind, data }: LoggedEvent) =>
  actorKind !== "system" && data["fixed"] === undefined && data["opening"] !== true && data["unreachable"] !== true
