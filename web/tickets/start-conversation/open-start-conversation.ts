// A conversation is begun from a contact's card, from the dialog of a new ticket, from the palette.
import type { PickedContact } from "../../contacts/read-typed-contact.ts"
import { createSharedState } from "../../lib/shared-state.ts"

export interface ConversationStart {
  /** With whom; left out, they are asked for. */
  contact?: { id: string; name: string } | undefined
  /** Who was typed elsewhere. */
  person?: PickedContact
}

const opening = createSharedState<ConversationStart | undefined>(undefined)

export const openStartConversation = (next: ConversationStart = {}) => opening.set(next)
export const closeStartConversation = () => opening.set(undefined)

export const useConversationStart = opening.use
