import type { EventKind } from "./event-kinds.ts"

/** Read this table to know every consequence. Each reaction is a job of that name, retried alone, safe to repeat. */
export const reactions = {
  "ticket.created": ["send-greeting", "run-automation-rules"],
  "ticket.status_changed": ["run-automation-rules"],
  "ticket.reopened": ["run-automation-rules"],
  "ticket.waited": ["run-automation-rules"],
  "ticket.resolved": ["send-survey"],
  "ticket.closed": ["send-farewell", "send-survey"],
  "ticket.split_off": ["give-split-mails-a-thread"],
  "ticket.closing_announced": ["send-closing-notice"],
  "ticket.escalated": ["escalate-ticket"],
  "ticket.read": ["mark-read"],
  "message.received": ["send-out-of-hours-text", "run-automation-rules"],
  "message.delivery_changed": ["note-own-send", "copy-to-sent-folder"],
  "connection.changed": ["open-systemic-incident"],
  "connection.alerted": ["mail-alert-to-admins"],
  "contact.identified": ["tell-new-address", "text-new-address"],
  "message.files_announced": ["fetch-files"],
  "agreement.reopened": ["send-reopening-notice"],
  "user.disabled": ["free-tickets"],
  "user.changed": ["free-tickets"],
} as const satisfies Partial<Record<EventKind, readonly string[]>>

/** What a reaction's job is given: the event, by its ids. */
export type ReactionPayload = { eventId: number; depth: number; ticketId: string | null; subjectId: string | null }

// A chain of reactions that causes reactions ends here; the log shows where it came from.
export const deepestChain = 8
