import type { Incoming } from "#intake/decide.ts"

/** What a customer says in passing; a case of the rule says what is different. */
export const hello: Incoming = {
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
