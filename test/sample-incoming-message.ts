import type { IncomingMessage } from "#intake/decide-ticket.ts"

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
}
