// The plan for messages as they were read.
import { newId } from "#kernel/ids.ts"
import { toSaid } from "./inbound-message.ts"
import type { IntakeSettings } from "./intake-settings.ts"
import { type Outcome, type PlanInput, type MessagePlan, planMessages } from "./plan-messages.ts"
import type { Incoming, Threads, Work } from "./read-snapshot.ts"

export type PlannedIncoming = Incoming & { outcome: Outcome }
/** One that lands on a ticket. */
export type PlannedMessage = Omit<Incoming, "connection"> & {
  connection: Pick<Incoming["connection"], "id" | "kind" | "teamIds">
  planned: MessagePlan
}

/** What becomes of each of them, in their order. `aboutId`: the ticket of the message that they are about. */
export function planBatch(
  { now }: Pick<Work, "now">,
  incoming: readonly Incoming[],
  { tickets, about }: Pick<Threads, "tickets" | "about">,
  rules: IntakeSettings,
  aboutId: string | null = null,
): PlannedIncoming[] {
  const target = (aboutId !== null && about.get(aboutId)) || null
  const outcomes = planMessages(
    { now, threads: tickets },
    incoming.map((one) => toPlanInput(one, rules, target)),
  )
  return incoming.map((one, n) => ({ ...one, outcome: outcomes[n]! }))
}

function toPlanInput(one: Incoming, rules: IntakeSettings, about: PlanInput["about"]): PlanInput {
  const { inbound, sender, thread, threadKey, connection } = one
  const { reopenWindowMinutes: windowMinutes, reopenFrom, farewellText } = connection
  const acknowledgements = connection.acknowledgements ?? rules.acknowledgements
  return {
    said: toSaid(inbound, sender.isBlocked || thread.isBlocked),
    policy: { windowMinutes, reopenFrom, farewellText, acknowledgements, supportDays: rules.supportDays },
    threadKey,
    sentAt: inbound.sentAt,
    about,
    newTicketId: newId("tkt"),
  }
}
