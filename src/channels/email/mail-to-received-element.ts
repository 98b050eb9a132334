// What a fetched mail means, in the words that all channels share.
import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import { formatText } from "#texts/format-text.ts"
import type { ChannelAccount, DeliveryReader } from "../channel.ts"
import type { ChannelFile, ChannelMail, ReceivedElement } from "../received-messages-and-reports.ts"
import { type DeliveredMail, deliveredMail, largestMailBytes, type MailText } from "./delivered-mail.ts"
import { isBounceOfOurs, toReports } from "./bounce-to-report.ts"
import { ensureFetched, type FetchedMail } from "./fetch-mail-again.ts"
import { mailKey } from "./mail-key.ts"
import { withFileKeys } from "./message/body/mail-frame.ts"
import type { MailAddress, MailFile } from "./message/read-mail.ts"
import { openMailReader } from "./message/mail-reader.ts"
import { isReachable, requesterOfMail } from "./requester-of-mail.ts"
import { threadOfReplyAddress, withoutToken } from "./message/tokens/address-token.ts"
import { isOwnMailMark } from "./message/tokens/own-mail-mark.ts"
import { mostMessageIds } from "./message/headers/message-ids.ts"
import { messageOfMessageId } from "./message/tokens/signed-message-id.ts"
import { mailboxOf, type MailboxSettings, ownAddresses } from "./settings.ts"
import { oneLargeMailAtATime, wholeMail } from "./whole-mail.ts"

/** A mail that was read, with what is left of its files: where each is kept. */
export type LoadedMail = { delivered: DeliveredMail; mail: MailText; key: string; files: ChannelFile[] }

const reader = openMailReader()

export const receive: DeliveryReader = {
  split: (body) => [deliveredMail.parse(JSON.parse(body))],
  load: loadMail,
  filesIn,
  read: (element, by, all) => toElement(element as LoadedMail, by, all),
}

export async function loadMail(element: object, by: ChannelAccount, storage: FileStorage): Promise<LoadedMail> {
  // Before it takes its turn: a slow mailbox keeps no large mail of another one back.
  const delivered = await ensureFetched(deliveredMail.parse(element), by, storage)
  const bytes = delivered.kept === "whole" ? Math.min(delivered.size, largestMailBytes) : usualHeaderBytes
  return oneLargeMailAtATime(bytes, () => readStoredMail(delivered, bytes, { by, storage }))
}

const usualHeaderBytes = 65_536

async function readStoredMail(
  delivered: FetchedMail,
  bytes: number,
  { by, storage }: { by: ChannelAccount; storage: FileStorage },
): Promise<LoadedMail> {
  const raw = await wholeMail(storage.read(delivered.sha256), bytes)
  // The reader takes the bytes with it.
  const key = mailKey(Buffer.from(raw.buffer))
  const outcome = await reader.read(raw, { authservId: authservIdOf(by) })
  if (outcome.state === "unreadable") throw new Error(`mail_${outcome.because}`)
  const { files, ...mail } = outcome.mail
  return { delivered, mail, key, files: await Promise.all(files.map((file) => keepFile(storage, file))) }
}

/** Those of its files that were put into the storage beside it; none of a mail that is not there or cannot be read. */
async function filesIn(sha256: string, storage: FileStorage): Promise<string[]> {
  if (!(await storage.has(sha256))) return []
  return oneLargeMailAtATime(largestMailBytes, async () => {
    const raw = await wholeMail(storage.read(sha256), usualHeaderBytes)
    const outcome = await reader.read(raw, { authservId: null })
    const files = outcome.state === "unreadable" ? [] : outcome.mail.files
    return files.map(({ content }) => createHash("sha256").update(content).digest("hex"))
  })
}

function authservIdOf({ learnt }: ChannelAccount): string | null {
  const { authservId } = learnt
  return typeof authservId === "string" ? authservId : null
}

async function keepFile(storage: FileStorage, { name, mimeType, content }: MailFile): Promise<ChannelFile> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const { sha256 } = await storage.put(Readable.from([bytes]), largestMailBytes)
  return { providerId: sha256, sha256, mimeType, fileName: name ?? "" }
}

// What PostgreSQL indexes of one text has a limit; the rest is in the mail as it came.
const longestContent = 65_536

/** Of a mail that was too large to be fetched only the headers are there. */
function textOf({ kept, size }: DeliveredMail, { text }: MailText, { language = "es" }: MailboxSettings): string {
  if (kept === "whole") return text.slice(0, longestContent).toWellFormed()
  const megabytes = String(Math.ceil(size / (1024 * 1024)))
  return formatText(language, "mail.tooLarge", { megabytes })
}

/** Throws what makes a person look at it: a sender who cannot be read is nobody's contact. */
export function toElement(
  { delivered, mail, key, files }: LoadedMail,
  by: ChannelAccount,
  all: readonly ChannelAccount[] = [by],
): ReceivedElement {
  if (isOwnMail(mail, by)) return { type: "ignored", because: "own_mail" }
  const bounces = toReports({ delivered, mail }, by)
  if (bounces.length > 0 && mail.bounce?.isReported) return { type: "bounce", connectionId: by.id, bounces }
  if (mail.from === null) throw new Error("from_unreadable")
  const { automatic } = mail
  const said = toChannelMail(mail, mail.from, { by, all, fileKeys: files.map(({ providerId }) => providerId) })
  const { writer } = said
  if (!isReachable(writer)) throw new Error("from_unreadable")
  const isNotice = automatic.kind === "out_of_office" || automatic.kind === "read_receipt" || isBounceOfOurs(mail, by)
  return {
    type: "message",
    connectionId: by.id,
    ...(bounces.length > 0 && { bounces }),
    message: {
      kind: isNotice ? "system" : "message",
      direction: "in",
      externalId: key,
      addresses: [{ kind: "email", value: writer.address, scope: "" }],
      name: writer.name,
      group: null,
      text: textOf(delivered, mail, mailboxOf(by)),
      sentAt: delivered.receivedAt,
      replyTo: null,
      files,
      mail: { ...said, isSilent: delivered.isSilent, rawSha256: delivered.sha256 },
    },
  }
}

/** What left by this mailbox and came back is there already; what another one of ours sends here is a mail like others. */
function isOwnMail({ ownMailMark, messageId, from }: MailText, by: ChannelAccount): boolean {
  if (ownMailMark !== null && isOwnMailMark(by.deskSecrets, by.id, ownMailMark)) return true
  const isSigned = messageId !== null && messageOfMessageId(by.deskSecrets, messageId) !== null
  return isSigned && (from === null || ownAddresses(mailboxOf(by)).includes(from.address))
}

type MailContext = { by: ChannelAccount; all: readonly ChannelAccount[]; fileKeys: readonly string[] }

function toChannelMail(
  mail: MailText,
  from: MailAddress,
  { by, all, fileKeys }: MailContext,
): Omit<ChannelMail, "isSilent" | "rawSha256"> {
  const own = new Set(ownAddresses(mailboxOf(by)))
  const isOwn = ({ address }: MailAddress) => own.has(withoutToken(address))
  // No mailbox of ours follows a ticket of another one: each would answer the other.
  const ofDesk = new Set(all.flatMap((account) => ownAddresses(mailboxOf(account))))
  // A token of ours is nobody's address: who answers to all would write to us.
  const shown = (one: MailAddress) => (isOwn(one) ? { ...one, address: withoutToken(one.address) } : one)
  const { subject, messageId: mailId, inReplyTo, references, replyTo, to, cc, html } = mail
  const writer = requesterOfMail({ from, replyTo, xOriginalSender: mail.xOriginalSender, isOwn: isOwn(from) })
  return {
    subject,
    mailId,
    inReplyTo,
    references,
    replyTo: replyTo.map(shown),
    html: html === null ? null : withFileKeys(html, fileKeys),
    from,
    writer,
    thread: {
      tokens: reachedAddresses(mail).flatMap((address) => threadOfReplyAddress(by.deskSecrets, address) ?? []),
      ids: namedIds(mail).map((id) => ({ id, messageId: messageOfMessageId(by.deskSecrets, id) })),
    },
    recipients: [...to.map(shown).map(recipient("to")), ...cc.map(shown).map(recipient("cc"))],
    others: [...to, ...cc].filter(({ address }) => !ofDesk.has(withoutToken(address)) && address !== writer.address),
    automatic: automaticWord(mail),
    auth: authOf(mail, { isWriter: writer.address === from.address }),
    claimsToBeUs: isOwn(from),
    newText: mail.visibleText,
    foldedFrom: mail.foldedFrom < Math.min(mail.text.length, longestContent) ? mail.foldedFrom : null,
    quotedFrom: mail.quoteFrom !== null && mail.quoteFrom < longestContent ? mail.quoteFrom : null,
  }
}

const recipient =
  (role: "to" | "cc") =>
  ({ name, address }: MailAddress) => ({ name, address, role })

/** Every address by which it may have reached us. */
const reachedAddresses = ({ deliveredTo, xOriginalTo, to, cc }: MailText) => [
  ...[...to, ...cc].map(({ address }) => address),
  ...deliveredTo,
  ...xOriginalTo,
]

/** The mail that came back in it, or that it answers, then those before it, the latest first. */
const namedIds = ({ inReplyTo, references, bounce }: MailText) => {
  const cameBack = bounce?.originalMessageId ? [bounce.originalMessageId] : []
  return [...new Set([...cameBack, ...inReplyTo, ...references.toReversed()])].slice(0, mostMessageIds)
}

function automaticWord({ automatic }: MailText): ChannelMail["automatic"] {
  switch (automatic.kind) {
    case "none":
      return "no"
    case "list":
    case "bounce":
      return automatic.kind
    case "read_receipt":
      return "receipt"
    default:
      return "auto_reply"
  }
}

// What a server found of SPF or DKIM alone says nothing of the address in From; and what is good of that, nothing of a writer elsewhere.
function authOf({ authentication }: MailText, { isWriter }: { isWriter: boolean }): ChannelMail["auth"] {
  const found = authentication?.dmarc
  return found === "fail" || (found === "pass" && isWriter) ? found : "unknown"
}
