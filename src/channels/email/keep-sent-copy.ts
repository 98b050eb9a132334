// A copy of what we sent, where people who read the mailbox look for it.
import type { ImapFlow } from "imapflow"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingMessage } from "../outgoing-message.ts"
import { composeMail, ownId } from "./compose-mail.ts"
import { imapFaultOf, type ImapFaultKind } from "./imap-fault.ts"
import { connectToImap } from "./open-mailbox.ts"
import type { MailboxSettings } from "./settings.ts"

// These keep what leaves by their own server by themselves; a copy of ours would be a second one.
const providersThatCopy = /(?:^|\.)(?:gmail|googlemail|office365|outlook)\.com$/i

export const wantsSentCopies = ({ copyToSent, imap }: MailboxSettings) =>
  copyToSent ?? !providersThatCopy.test(imap.host)

/**
 * Unless it is there already. Without a login that is good there is no copy: each further try might get the account locked, and the mailbox
 * shows what is wrong. Throws what else the server or the network answered.
 */
export const keepSentCopy = (account: ChannelAccount, message: OutgoingMessage): Promise<void> =>
  oneAtATime(account.id, async () => {
    try {
      await appendCopy(account, message)
    } catch (error) {
      if (!needsPerson.has(imapFaultOf(error).kind)) throw error
    }
  })

const needsPerson = new Set<ImapFaultKind>(["login", "reconnect", "oauth_app"])

const lastOf = new Map<string, Promise<void>>()

/** Of one connection, in this process: servers take few logins at once. */
function oneAtATime(connectionId: string, work: () => Promise<void>): Promise<void> {
  const result = (lastOf.get(connectionId) ?? Promise.resolve()).then(work)
  const over = result
    .catch(() => {})
    .finally(() => {
      if (lastOf.get(connectionId) === over) lastOf.delete(connectionId)
    })
  lastOf.set(connectionId, over)
  return result
}

async function appendCopy(account: ChannelAccount, message: OutgoingMessage): Promise<void> {
  const composed = await composeMail(account, message)
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

async function isThere(client: ImapFlow, folder: string, id: string): Promise<boolean> {
  await client.mailboxOpen(folder, { readOnly: true })
  const found = await client.search({ header: { "message-id": id } }, { uid: true })
  return found !== false && found !== undefined && found.length > 0
}
