import type { Message } from "../messages/message-queries.ts"
import type { Ticket } from "../ticket.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"

export interface ComposerProps {
  ticket: Ticket
  mode: Mode
  /** The message that the reply will name. */
  quoting: Message | undefined
  onMode: (mode: Mode) => void
  onUnquote: () => void
}
