// A mail that the mailbox did not give is asked for once more, when somebody replays it.
import { Refusal } from "#kernel/errors.ts"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import type { ChannelAccount } from "../channel.ts"
import type { DeliveredMail } from "./delivered-mail.ts"
import { imapFaultOf } from "./imap-fault.ts"
import { type KeptMail, keepMail } from "./keep-mail.ts"
import { type MailFacts, openMailbox, type OpenMailbox } from "./open-mailbox.ts"

const longestMs = 120_000

export type FetchedMail = DeliveredMail & { sha256: string }

/**
 * The mail, fetched now where it was not when it came. Throws `mail_gone` where its id means nothing any more and `mail_not_given`; refuses
 * (503) where the mailbox cannot be read.
 */
export async function ensureFetched(
  mail: DeliveredMail,
  account: ChannelAccount,
  storage: FileStorage,
): Promise<FetchedMail> {
  const { sha256 } = mail
  return sha256 === null ? { ...mail, ...(await fetchMailAgain(mail, account, storage)) } : { ...mail, sha256 }
}

async function fetchMailAgain(
  mail: DeliveredMail,
  account: ChannelAccount,
  storage: FileStorage,
): Promise<KeptMail & { sha256: string; size: number }> {
  let opened: OpenMailbox | null = null
  try {
    opened = await openMailbox(account, AbortSignal.timeout(longestMs), mail.folder)
    const [found] = await opened.describe([mail.uid])
    if (!found || !isSameMail(mail, { ...found, uidValidity: opened.uidValidity })) throw new Error("mail_gone")
    return { ...(await keepMail(storage, opened, found)), size: found.size }
  } catch (error) {
    if (error instanceof Refusal || (error as Error).message === "mail_gone") throw error
    // Not what the server said: it may hold an address.
    const { kind } = imapFaultOf(error)
    if (kind !== "protocol") throw new Refusal("unavailable", "channel_failed", `the mailbox cannot be read: ${kind}`)
    throw new Error("mail_not_given", { cause: error })
  } finally {
    opened?.close()
  }
}

/** Where ids of mails do not last (0), they alone say nothing. */
function isSameMail(mail: DeliveredMail, found: MailFacts & { uidValidity: number }): boolean {
  if (found.uidValidity !== mail.uidValidity) return false
  if (found.uidValidity !== 0) return true
  return found.size === mail.size && found.receivedAt?.getTime() === mail.receivedAt.getTime()
}
