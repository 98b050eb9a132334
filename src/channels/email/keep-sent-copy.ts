// A copy of what we sent, where people who read the mailbox look for it.
import type { ImapFlow } from "imapflow"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingMessage } from "../outgoing-message.ts"
import { composeMail, ownId } from "./compose-mail.ts"
import { connectToImap } from "./open-mailbox.ts"
import { mailboxOf, type MailboxSettings } from "./settings.ts"

// These keep what leaves by their own server by themselves; a copy of ours would be a second one.
const providersThatCopy = /(?:^|\.)(?:gmail|googlemail|office365|outlook)\.com$/i

/** Unless it is there already, or the provider puts it there. Throws what the server or the network answered. */
export async function keepSentCopy(account: ChannelAccount, message: OutgoingMessage): Promise<void> {
  const composed = isWanted(mailboxOf(account)) ? await composeMail(account, message) : null
  if (!composed) return
  const client = await connectToImap(account)
  try {
    const sent = (await client.list()).find(({ specialUse }) => specialUse === "\\Sent")
    if (!sent || (await isThere(client, sent.path, ownId(account, message.messageId)))) return
    await client.append(sent.path, composed.raw, ["\\Seen"], message.at)
  } finally {
    client.close()
  }
}

const isWanted = ({ copyToSent, imap }: MailboxSettings) => copyToSent ?? !providersThatCopy.test(imap.host)

async function isThere(client: ImapFlow, folder: string, id: string): Promise<boolean> {
  await client.mailboxOpen(folder, { readOnly: true })
  const found = await client.search({ header: { "message-id": id } }, { uid: true })
  return found !== false && found !== undefined && found.length > 0
}
