import type { Invariant } from "#kernel/invariant.ts"
import { mailboxStatuses, troubleOf } from "./mailbox-status-store.ts"
import { troubleInWords } from "./trouble-in-words.ts"

export const mailboxInvariants: Invariant[] = [
  {
    name: "mailboxes_read",
    why: "Every mailbox that is switched on is read, and sends.",
    remedy: "Each line says what to do; the mailbox's page (Settings, Connections) tests it.",
    // A provider that is away, or a password that was changed there, is no damage of the desk.
    isAdvice: true,
    find: async ({ db: { pool } }) =>
      (await mailboxStatuses(pool)).flatMap((status) => {
        const trouble = status.isOn ? troubleOf(status) : null
        if (!trouble) return []
        const { text, remedy } = troubleInWords("en", trouble.side, trouble.code)
        return `${status.id} since ${trouble.since.toISOString()}: ${text}. ${remedy}`
      }),
  },
]
