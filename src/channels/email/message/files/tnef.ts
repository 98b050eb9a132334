// winmail.dat: what Outlook and Exchange pack the files of a mail into (TNEF, [MS-OXTNEF]). A stream of attributes; those of an
// attachment follow the one that begins it. What is damaged ends the reading, and what was read before stays.
import { type MapiProperties, parseMapiProperties, textOfProperty } from "./mapi-properties.ts"
import { decompressRtf } from "./decompress-rtf.ts"

export type TnefContents = { files: TnefFile[]; text: string | null; html: string | null }
export type TnefFile = {
  name: string | null
  mimeType: string | null
  contentId: string | null
  content: Uint8Array<ArrayBuffer>
}

const signature = 0x223e9f78
const attribute = {
  body: 0x0002800c,
  attachmentBegins: 0x00069002,
  attachmentTitle: 0x00018010,
  attachmentData: 0x0006800f,
  attachmentProperties: 0x00069005,
  messageProperties: 0x00069003,
} as const
const property = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  data: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
} as const
const deepest = 5
const mostFiles = 200

/** Null for what is no TNEF at all. */
export function decodeTnef(bytes: Uint8Array<ArrayBuffer>, depth = 0): TnefContents | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 6 || view.getUint32(0, true) !== signature) return null
  const contents: TnefContents = { files: [], text: null, html: null }
  const attachments: Attachment[] = []
  for (const { id, data } of attributesOf(bytes, view)) {
    if (id === attribute.attachmentBegins) attachments.push({ title: null, data: null, properties: new Map() })
    const current = attachments.at(-1)
    if (id === attribute.body) contents.text ??= trimmedText(data)
    else if (id === attribute.messageProperties) readMessage(contents, parseMapiProperties(data))
    else if (current && id === attribute.attachmentTitle) current.title = trimmedText(data)
    else if (current && id === attribute.attachmentData) current.data = data
    else if (current && id === attribute.attachmentProperties) current.properties = parseMapiProperties(data)
    if (attachments.length > mostFiles) break
  }
  for (const attachment of attachments.slice(0, mostFiles)) addAttachment(contents, attachment, depth)
  return contents
}

type Attachment = { title: string | null; data: Uint8Array<ArrayBuffer> | null; properties: MapiProperties }

/** Level (1 byte), id (4), length (4), the data, a checksum (2). */
function* attributesOf(bytes: Uint8Array<ArrayBuffer>, view: DataView) {
  for (let at = 6; at + 9 <= bytes.length;) {
    const id = view.getUint32(at + 1, true)
    const length = view.getUint32(at + 5, true)
    const from = at + 9
    if (from + length > bytes.length) return
    yield { id, data: bytes.subarray(from, from + length) }
    at = from + length + 2
  }
}

function readMessage(contents: TnefContents, properties: MapiProperties) {
  contents.text = textOfProperty(properties.get(property.body)) ?? contents.text
  contents.html = textOfProperty(properties.get(property.html)) ?? contents.html
  const rtf = properties.get(property.rtf)
  const content = rtf && decompressRtf(rtf.bytes)
  if (content) contents.files.push({ name: "message.rtf", mimeType: "application/rtf", contentId: null, content })
}

function addAttachment(contents: TnefContents, { title, data, properties }: Attachment, depth: number) {
  const stored = properties.get(property.data)
  const content = stored?.bytes ?? data
  if (content === null) return
  // An embedded message is TNEF again, behind the id of its interface.
  const inner = stored?.isObject && depth < deepest ? decodeTnef(content.subarray(16), depth + 1) : null
  if (inner) return void contents.files.push(...inner.files)
  contents.files.push({
    name:
      textOfProperty(properties.get(property.longName)) ?? title ?? textOfProperty(properties.get(property.shortName)),
    mimeType: textOfProperty(properties.get(property.mimeType)),
    contentId: textOfProperty(properties.get(property.contentId)),
    content: new Uint8Array(content),
  })
}

/** Texts outside the properties are in the writer's code page, which a header far away names: nearly always this one. */
function trimmedText(data: Uint8Array): string | null {
  const end = data.indexOf(0)
  return new TextDecoder("windows-1252").decode(end < 0 ? data : data.subarray(0, end)) || null
}
