// The files of a mail: its attachments, inline images and what winmail.dat holds, with the names that they were sent by.
import type { Attachment } from "postal-mime"
import { cleanText } from "../clean-text.ts"
import type { MailFile, MailProblem } from "../read-mail.ts"
import { decodeTnef, type TnefContents } from "./tnef.ts"

const mostFiles = 200
const longestName = 1_000

export type MailContents = {
  files: MailFile[]
  /** The body of a mail that is in winmail.dat alone. */
  packedText: string | null
  packedHtml: string | null
  problems: MailProblem[]
}

export function filesOf(attachments: readonly Attachment[]): MailContents {
  const contents: MailContents = { files: [], packedText: null, packedHtml: null, problems: [] }
  for (const attachment of withoutRepeatedInvitations(attachments)) {
    const file = fileOf(attachment)
    const packed = isTnef(file) ? decodeTnef(file.content) : null
    if (packed) unpack(contents, packed)
    else contents.files.push(file)
    if (isTnef(file) && !packed) contents.problems.push("winmail_unreadable")
    if (contents.files.length > mostFiles) contents.problems.push("too_many_files")
    if (contents.files.length >= mostFiles) break
  }
  return { ...contents, files: contents.files.slice(0, mostFiles) }
}

function unpack(contents: MailContents, { files, text, html }: TnefContents) {
  contents.packedText ??= text
  contents.packedHtml ??= html
  contents.files.push(
    ...files.map(({ name, mimeType, contentId, content }) =>
      fileOf({
        filename: name,
        mimeType: mimeType ?? "",
        disposition: "attachment",
        contentId: contentId ?? "",
        content,
      }),
    ),
  )
}

function fileOf({ filename, mimeType, contentId, content }: Attachment): MailFile {
  const name = cleanText((filename ?? "").slice(0, longestName))
  const type = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(mimeType) ? mimeType.toLowerCase() : "application/octet-stream"
  return {
    name: name.trim() === "" ? null : name,
    mimeType: type,
    contentId: cleanText((contentId ?? "").slice(0, 998)).replaceAll(/[<>\s]/g, "") || null,
    isShownInline: false,
    isUncheckedSeal: sealTypes.test(type),
    content: bytesOf(content),
  }
}

const sealTypes = /^application\/(?:(?:x-)?pkcs7-(?:mime|signature)|pgp-(?:encrypted|signature))$/

function bytesOf(content: Attachment["content"]): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content)
  return content instanceof ArrayBuffer ? new Uint8Array(content) : new Uint8Array(content)
}

const isTnef = ({ name, mimeType }: MailFile) =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(mimeType) || name?.toLowerCase() === "winmail.dat"

/** An invitation comes as one of the texts of a mail, nameless, and again as a file. */
function withoutRepeatedInvitations(attachments: readonly Attachment[]): Attachment[] {
  const isInvitation = ({ mimeType }: Attachment) => mimeType === "text/calendar" || mimeType === "application/ics"
  const hasNamed = attachments.some((one) => isInvitation(one) && one.filename !== null)
  return attachments.filter((one) => !(hasNamed && isInvitation(one) && one.filename === null))
}
