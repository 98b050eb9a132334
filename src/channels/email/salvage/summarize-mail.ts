// What a list shows of a mail that could not be received: read from the beginning of its file, whatever is wrong with the rest.
import { decodeWords } from "postal-mime"
import type { FileStorage } from "#kernel/storage/file-storage.ts"
import type { ElementSummary } from "../../received-messages-and-reports.ts"
import { deliveredMail } from "../delivered-mail.ts"
import { cleanLine } from "../message/clean-text.ts"
import { firstAddress } from "../message/headers/mail-addresses.ts"
import {
  firstValue,
  headerLength,
  type HeaderField,
  parseHeaderFields,
  withReadableHeader,
} from "../message/headers/header-fields.ts"

const readBytes = 128 * 1024
// No field that somebody reads is longer; what is behind it may be made to be slow.
const longestField = 2_000
const mostFields = 500
const longestSubject = 300

export async function summarizeMail(element: object, storage: FileStorage): Promise<ElementSummary> {
  const { sha256, size } = deliveredMail.parse(element)
  const fields = sha256 === null ? [] : safeFields(await beginningOf(storage, sha256))
  return { sender: firstAddress(firstValue(fields, "from")), subject: subjectOf(fields), bytes: size }
}

/** Header fields as far as they can be read in no time: each up to 2,000 characters, at most 500. */
export function safeFields(raw: Uint8Array): HeaderField[] {
  const header = new Uint8Array(raw.subarray(0, Math.min(headerLength(raw), readBytes)))
  const fields = parseHeaderFields(new TextDecoder().decode(withReadableHeader(header)))
  return fields.slice(0, mostFields).map(({ key, value }) => ({ key, value: value.slice(0, longestField) }))
}

export const subjectOf = (fields: readonly HeaderField[]): string =>
  cleanLine(decodeWords(firstValue(fields, "subject") ?? ""), longestSubject)

async function beginningOf(storage: FileStorage, sha256: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  // Leaving the loop closes the file.
  for await (const chunk of storage.read(sha256) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= readBytes) break
  }
  return Buffer.concat(chunks).subarray(0, readBytes)
}
