// A message of ours as the bytes of a mail.
import { createTransport } from "nodemailer"
import { headerLine } from "#kernel/mail/mail-address.ts"
import { plainTextOf } from "#markdown/index.ts"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingMail, OutgoingMessage } from "../outgoing-message.ts"
import { loopHeader } from "./message/headers/detect-automatic.ts"
import { composeBody } from "./message/compose/compose-body.ts"
import { referencesOf } from "./message/compose/references.ts"
import { ownMailHeader, ownMailMark } from "./message/tokens/own-mail-mark.ts"
import { replyAddress } from "./message/tokens/address-token.ts"
import { signedMessageId } from "./message/tokens/signed-message-id.ts"
import { mailboxOf } from "./settings.ts"

const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" })

export type ComposedMail = { raw: Buffer; envelope: { from: string; to: string[] } }

/** Null when it goes to nobody. The same message is the same mail at each try, by its Message-ID. */
export async function composeMail(account: ChannelAccount, message: OutgoingMessage): Promise<ComposedMail | null> {
  const { mail } = message
  if (!mail || mail.recipients.length === 0) return null
  const addressed = (role: "to" | "cc") => mail.recipients.filter((one) => one.role === role)
  const raw = await composeRaw(account, {
    ...replyTo(account, mail),
    to: addressed("to"),
    cc: addressed("cc"),
    subject: mail.subject,
    messageId: message.messageId,
    date: message.at,
    headers: message.isAutomatic ? automaticHeaders(account) : {},
    ...(await contentOf(account, message)),
  })
  const from = mailboxOf(account).address
  return {
    raw: Buffer.concat([Buffer.from(threadLines(account, mail)), raw]),
    envelope: { from, to: mail.recipients.map((one) => one.address) },
  }
}

type Recipient = { name: string; address: string }
type MailParts = Omit<Parameters<typeof composer.sendMail>[0], "from" | "to" | "cc" | "messageId" | "headers"> & {
  to: readonly Recipient[]
  cc?: readonly Recipient[]
  subject: string
  /** Of ours: the Message-ID is made of it. */
  messageId: string
  headers?: Record<string, string>
}

/** A mail from the mailbox. */
export async function composeRaw(
  account: ChannelAccount,
  { to, cc = [], messageId, headers = {}, ...parts }: MailParts,
): Promise<Buffer> {
  const { address, name = "" } = mailboxOf(account)
  const { message } = await composer.sendMail({
    ...parts,
    from: person({ name, address }),
    to: to.map(person),
    cc: cc.map(person),
    subject: headerLine(parts.subject, 998),
    headers: {
      ...headers,
      [ownMailHeader]: ownMailMark(account.deskSecrets, account.id, messageId),
      "Message-ID": { prepared: true, foldLines: false, value: `<${ownId(account, messageId)}>` },
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return message as Buffer
}

// Addresses as objects: as text they would be parsed, and could be read as more than one.
const person = ({ name, address }: Recipient) => ({ name: headerLine(name), address })

/** With the token of the thread, where the verification has shown that such addresses arrive. */
function replyTo(account: ChannelAccount, { threadId }: OutgoingMail) {
  const { address, name = "" } = mailboxOf(account)
  const tokened = account.learnt["plusAddress"] === true ? replyAddress(account.deskSecrets, address, threadId) : null
  return tokened === null ? {} : { replyTo: person({ name, address: tokened }) }
}

// So that nobody's absence note answers a machine (RFC 3834), and no other desk of ours does.
const automaticHeaders = ({ deskSecrets }: ChannelAccount) => ({
  "Auto-Submitted": "auto-replied",
  "X-Auto-Response-Suppress": "All",
  [loopHeader]: deskSecrets.hash("mail loop").slice(0, 16),
})

/** The Message-ID of a message of ours, without brackets. */
export const ownId = (account: ChannelAccount, messageId: string) => {
  const { address } = mailboxOf(account)
  return signedMessageId(account.deskSecrets, messageId, address.slice(address.lastIndexOf("@") + 1))
}

/**
 * The lines that name the mails before it, written by hand: encoded, or folded behind the colon, they would not be found by programs that
 * look for them, and a signature (DKIM) would break.
 */
function threadLines(account: ChannelAccount, { references }: OutgoingMail): string {
  const ids = references.map((one) => (/^msg_[0-9a-f]{32}$/.test(one) ? ownId(account, one) : one))
  const named = referencesOf(ids.slice(0, -1), ids.at(-1) ?? null).map((id) => `<${id}>`)
  if (named.length === 0) return ""
  return `In-Reply-To: ${named.at(-1)}\r\nReferences: ${named.join("\r\n ")}\r\n`
}

async function contentOf(account: ChannelAccount, { content, contentHtml, files }: OutgoingMessage) {
  const { text, html, pictures } = composeBody({
    text: contentHtml === null ? content : plainTextOf(content),
    html: contentHtml,
    signature: mailboxOf(account).signature ?? "",
  })
  const attachments = await Promise.all(
    files.map(async ({ id, name: filename, mimeType: contentType, read }) => ({
      filename,
      contentType,
      content: await read(),
      ...(pictures.has(id) && { cid: id }),
    })),
  )
  return { text, html, attachments }
}
