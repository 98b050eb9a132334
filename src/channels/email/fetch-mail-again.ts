// A mail that the mailbox did not give is asked for once more, when somebody replays it.
import { Refusal } from "#kernel/errors.ts"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import type { ChannelAccount } from "../channel.ts"
import type { DeliveredMail } from "./delivered-mail.ts"
import { imapFaultOf } from "./imap-fault.ts"
import { keepMail } from "./keep-mail.ts"
import { openMailbox, type OpenMailbox } from "./open-mailbox.ts"

const longestMs = 120_000

/** Its key in the file storage. Throws `mail_gone` where its id means nothing any more and `mail_not_given`; refuses (503) where the mailbox cannot be read. */
export async function fetchMailAgain(
  { folder, uidValidity, uid, size }: Pick<DeliveredMail, "folder" | "uidValidity" | "uid" | "size">,
  account: ChannelAccount,
  storage: FileStorage,
): Promise<string> {
  let opened: OpenMailbox | null = null
  try {
    opened = await openMailbox(account, AbortSignal.timeout(longestMs), folder)
    if (opened.uidValidity !== uidValidity || (await opened.describe([uid])).length === 0) throw new Error("mail_gone")
    return (await keepMail(storage, opened, { uid, size })).sha256
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
