// Whom a mail goes to: as suggested, or as somebody chose. Pure. How they are changed is in `edit-recipients.ts`, whose code comes later.
import type { ReplyWindow } from "../reply-window.ts"

export type MailAddress = { name: string; address: string }
export const roles = ["to", "cc", "bcc"] as const
export type Role = (typeof roles)[number]

export type Recipients = Record<Role, MailAddress[]> & {
  /** By which address of the mailbox it leaves; null: by its first. */
  from: string | null
  /** With the last public mail below it. */
  quote: boolean
}

export type Suggested = NonNullable<ReplyWindow["mail"]>

/** To the last writer and everybody who took part in that mail. */
export const replyToAll = ({ to, cc }: Suggested): Recipients => ({ to, cc, bcc: [], from: null, quote: false })

/** What somebody chose instead of the suggestion. */
export interface ChosenRecipients {
  recipients: Recipients
  /** What was suggested then; null where they are those of a mail that did not leave after all. */
  basis: string | null
}

export const basisOf = (suggested: Suggested) =>
  JSON.stringify([suggested.from, suggested.to, suggested.cc].map((line) => line.map(({ address }) => address)))

/** As chosen, unless something else is suggested since: who follows the ticket may have changed. */
export function recipientsFor(suggested: Suggested, chosen: ChosenRecipients | null): Recipients {
  const isCurrent = chosen && (chosen.basis === null || chosen.basis === basisOf(suggested))
  return isCurrent ? chosen.recipients : replyToAll(suggested)
}

/** The server wants somebody in the first line. */
export const canBeSent = ({ to }: Recipients) => to.length > 0
