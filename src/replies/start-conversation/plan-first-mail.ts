// A mail that begins a matter: with a subject and a mail thread of its own, which its answers come back to.
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Channel, MailAddress } from "#channels/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { refuseBlockedRecipients } from "../mails/refuse-blocked-recipients.ts"
import { chooseRecipients, type Recipient } from "../mails/reply-recipients.ts"

export type FirstMailInput = {
  subject?: string | undefined
  cc?: MailAddress[] | undefined
  bcc?: MailAddress[] | undefined
}

export type FirstMail = { threadId: string; subject: string; sender: MailAddress; recipients: Recipient[] }

/** Are the channel's messages mails? */
export const sendsMails = ({ senderAddresses }: Channel): boolean => senderAddresses !== undefined

/** Refuses (400) a mail without a subject, and what only a mail has where messages are none. */
export function checkMailFields(channel: Channel, given: FirstMailInput): void {
  if (sendsMails(channel)) {
    if (given.subject === undefined) throw invalidField("subject", `must be given: ${channel.name} begins with one`)
    return
  }
  for (const field of ["subject", "cc", "bcc"] as const)
    if (given[field] !== undefined) throw invalidField(field, `must be left out: ${channel.name} has none`)
}

/**
 * From the mailbox's own address to this one, without the name that the desk has for them: it may be for colleagues only. Null where
 * messages are no mails. Refuses (400) to write to the mailbox itself, and (409 `contact_blocked`) copies to who is blocked.
 */
export async function planFirstMail(
  act: Act,
  { connection, channel }: { connection: ConnectionRow; channel: Channel },
  address: string,
  { subject = "", cc = [], bcc = [] }: FirstMailInput,
): Promise<FirstMail | null> {
  const { settings, health } = connection
  const senders = channel.senderAddresses?.({ settings, learnt: health.verification?.learnt ?? {} })
  if (!senders) return null
  const own = channel.ownAddresses?.(settings) ?? []
  if (own.includes(address)) throw invalidField("connectionId", "is the mailbox of this very address")
  await refuseBlockedRecipients(act.tx, { cc, bcc })
  const to = [{ name: "", address }]
  return { threadId: newId("mth"), subject, ...chooseRecipients({ own, senders, to, cc: [] }, { cc, bcc }) }
}
