// The message that people make of a mail which could not be received: as it would have been, where it can be read after all; else with
// what can be read of it, and the mail itself as its file.
import { createHash } from "node:crypto"
import { arrayBuffer } from "node:stream/consumers"
import { isMachineFault, Refusal } from "#kernel/errors.ts"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import { formatText } from "#texts/format-text.ts"
import type { ChannelAccount } from "../../channel.ts"
import type { ChannelFile, ChannelMessage, MailAddress } from "../../received-messages-and-reports.ts"
import { type DeliveredMail, deliveredMail, type MailText } from "../delivered-mail.ts"
import { ensureFetched } from "../fetch-mail-again.ts"
import { mailKey } from "../mail-key.ts"
import { loadMail, toElement } from "../mail-to-received-element.ts"
import { detectAutomatic } from "../message/headers/detect-automatic.ts"
import { readHeaders } from "../message/headers/read-headers.ts"
import { messageOfMessageId } from "../message/tokens/signed-message-id.ts"
import { isReachable } from "../requester-of-mail.ts"
import { mailboxOf } from "../settings.ts"
import { readableText } from "./readable-text.ts"
import { safeFields, subjectOf } from "./summarize-mail.ts"

type With = { storage: FileStorage; sender: MailAddress | null }

/** `sender`: whose it is where the mail does not say so. Null: it does not, and nobody did. */
export async function salvageMail(
  element: object,
  by: ChannelAccount,
  { storage, sender }: With,
): Promise<ChannelMessage | null> {
  const parsed = deliveredMail.parse(element)
  const delivered = (await unlessUnreadable(() => ensureFetched(parsed, by, storage))) ?? parsed
  const { sha256 } = delivered
  const whole = sha256 === null ? null : await readWhole(delivered, by, storage)
  if (whole) return whole
  const raw = sha256 === null ? null : Buffer.from(await arrayBuffer(storage.read(sha256)))
  const mail = readableMail(raw, by)
  const stub = delivered.from ? { name: "", address: delivered.from } : null
  const from = [mail.from, stub, sender].find((one) => one !== null && isReachable(one))
  if (!from) return null
  const files: ChannelFile[] =
    sha256 === null ? [] : [{ providerId: sha256, sha256, mimeType: "message/rfc822", fileName: "mail.eml" }]
  const key = raw === null ? placeKey(delivered) : mailKey(raw)
  // Whose it is was said by a person: nothing in it says otherwise.
  const said = from === sender ? { ...mail, replyTo: [], xOriginalSender: null } : mail
  return messageOf(toElement({ delivered, mail: { ...said, from }, key, files }, by))
}

/** Null where it cannot be read, or is no message. */
const readWhole = (delivered: DeliveredMail, by: ChannelAccount, storage: FileStorage) =>
  unlessUnreadable(async () => messageOf(toElement(await loadMail(delivered, by, storage), by)))

/** Null where it fails; throws what says nothing of the mail. */
async function unlessUnreadable<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work()
  } catch (error) {
    if (isMachineFault(error) || error instanceof Refusal) throw error
    return null
  }
}

/** Whatever it says of itself: somebody wants a ticket of it. */
const messageOf = (read: ReturnType<typeof toElement>): ChannelMessage | null =>
  read.type === "message" ? { ...read.message, kind: "message" } : null

/** Of a mail that was never fetched: where it lies. */
const placeKey = ({ uidValidity, uid, folder }: DeliveredMail) =>
  createHash("sha256").update(`not fetched\n${uidValidity}\n${uid}\n${folder}`).digest("hex")

function readableMail(raw: Buffer | null, by: ChannelAccount): MailText {
  const fields = raw === null ? [] : safeFields(raw)
  const headers = readHeaders(fields, null)
  const { messageId, from } = headers
  const subject = subjectOf(fields)
  const isOurs = messageId !== null && messageOfMessageId(by.deskSecrets, messageId) !== null
  const { language = "es" } = mailboxOf(by)
  const text = (raw === null ? "" : readableText(raw)) || formatText(language, "mail.notReadable")
  const { kind, because } = detectAutomatic({ fields, from, subject, isDeliveryReport: false })
  return {
    ...headers,
    messageId: isOurs ? null : messageId,
    ownMailMark: null,
    subject,
    automatic: kind === "none" ? { kind, because: null } : { kind: "auto", because: because ?? kind },
    bounce: null,
    text,
    visibleText: text,
    foldedFrom: text.length,
    quoteFrom: null,
    signature: "",
    html: null,
    hasRemoteImages: false,
    hasFoldedHtml: false,
    forwardedFrom: null,
    problems: ["structure_unreadable"],
  }
}
