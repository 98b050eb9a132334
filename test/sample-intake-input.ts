import type { Candidate, IncomingMessage } from "#intake/decide-ticket.ts"

/** What a customer says in passing; a case of the rule says what is different. */
export const incomingMessage: IncomingMessage = {
  kind: "message",
  direction: "in",
  text: "hola",
  hasAttachments: false,
  isGroup: false,
  campaignShipmentId: null,
  bot: false,
  hasUser: false,
  isBlocked: false,
  isOfThread: false,
  isSilent: false,
}

/** A closed conversation that was last touched, and closed, at an instant; a case of the rule says what is different. */
export const closedCandidate = (at: Date, more: Partial<Candidate> = {}): Candidate => ({
  id: "tkt_1",
  number: "TKT-00001",
  kind: "conversation",
  status: "closed",
  assigneeId: null,
  campaignShipmentId: null,
  updatedAt: at,
  closedAt: at,
  categoryWindowMinutes: null,
  ...more,
})
