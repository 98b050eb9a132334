// A message of ours as the bytes of a mail.
import { createTransport } from "nodemailer"
import { headerLine } from "#kernel/mail/mail-address.ts"
import { plainTextOf } from "#markdown/index.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { ChannelAccount } from "../channel.ts"
import type { OutgoingMail, OutgoingMessage, OutgoingNotice } from "../outgoing-message.ts"
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
    sender: mail.sender.address,
    to: addressed("to"),
    cc: addressed("cc"),
    subject: mail.subject,
    messageId: message.messageId,
    date: message.at,
    headers: message.isAutomatic ? automaticHeaders(account) : {},
    ...(await contentOf(account, message)),
  })
  return {
    raw: Buffer.concat([Buffer.from(threadLines(account, mail)), raw]),
    envelope: { from: envelopeSender(account, message), to: mail.recipients.map((one) => one.address) },
  }
}

/** A mail of a machine, which nobody's message is. */
export async function composeNotice(
  account: ChannelAccount,
  { messageId, threadId, to, subject, text }: OutgoingNotice,
): Promise<ComposedMail> {
  const raw = await composeRaw(account, {
    ...(threadId !== null && replyTo(account, { threadId })),
    to: [{ name: "", address: to }],
    subject,
    text,
    messageId,
    headers: { ...automaticHeaders(account), "Auto-Submitted": "auto-generated" },
  })
  return { raw, envelope: { from: mailboxOf(account).address, to: [to] } }
}

/** Nobody's, where the verification has shown that such mails leave: what a machine wrote wants no report (RFC 3834 §3.1). */
const envelopeSender = (account: ChannelAccount, { isAutomatic }: OutgoingMessage) =>
  isAutomatic && account.learnt["nullSender"] === true ? "" : mailboxOf(account).address

type Recipient = { name: string; address: string }
type MailParts = Omit<
  Parameters<typeof composer.sendMail>[0],
  "from" | "sender" | "to" | "cc" | "messageId" | "headers"
> & {
  to: readonly Recipient[]
  cc?: readonly Recipient[]
  subject: string
  /** Of ours: the Message-ID is made of it. */
  messageId: string
  /** The address in From; the mailbox's own unless it is given. */
  sender?: string
  headers?: Record<string, string>
}

/** A mail from the mailbox. */
export async function composeRaw(
  account: ChannelAccount,
  { to, cc = [], messageId, sender, headers = {}, ...parts }: MailParts,
): Promise<Buffer> {
  const { address: own, name = "" } = mailboxOf(account)
  const address = sender ?? own
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
function replyTo(account: ChannelAccount, { threadId }: Pick<OutgoingMail, "threadId">) {
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

async function contentOf(account: ChannelAccount, { content, contentHtml, files, mail }: OutgoingMessage) {
  const { signature = "", language = "es" } = mailboxOf(account)
  const written = contentHtml === null ? content.slice(0, mail?.foldedFrom ?? undefined) : plainTextOf(content)
  const { text, html, pictures } = composeBody({
    text: written,
    html: contentHtml,
    signature,
    quote: mail?.quoted ? quoteOf(mail.quoted, language) : null,
    forwarded:
      mail?.foldedFrom === null || contentHtml !== null ? "" : content.slice(mail?.foldedFrom ?? content.length),
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

function quoteOf({ at, from, text }: NonNullable<OutgoingMail["quoted"]>, language: Language) {
  const when = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })
  const name = from.name === "" ? from.address : from.name
  return { intro: formatText(language, "mail.quote", { at: `${when.format(at)} UTC`, name }), text }
}
