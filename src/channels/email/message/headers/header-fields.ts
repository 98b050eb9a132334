// The header fields of a mail in their order, unfolded and otherwise as they came.
import { isUtf8 } from "node:buffer"

export type HeaderField = { key: string; value: string }

/** Names in lower case. A field is read up to 100,000 characters. */
export const valuesOf = (fields: readonly HeaderField[], key: string): string[] =>
  fields.filter((field) => field.key === key).map(({ value }) => value.slice(0, longestValue))

export const firstValue = (fields: readonly HeaderField[], key: string): string | null =>
  valuesOf(fields, key)[0] ?? null

const longestValue = 100_000

/**
 * Fields of a header block or of a delivery report: `text` ends at the first empty line, or holds nothing else. Lines that are no field
 * are skipped.
 */
export function parseHeaderFields(text: string): HeaderField[] {
  const fields: { key: string; lines: string[] }[] = []
  for (const line of text.split(/\r?\n/, mostLines)) {
    if (line === "") break
    if (/^[ \t]/.test(line)) {
      fields.at(-1)?.lines.push(line)
      continue
    }
    const colon = line.indexOf(":")
    if (colon > 0) fields.push({ key: line.slice(0, colon).trim().toLowerCase(), lines: [line.slice(colon + 1)] })
  }
  return fields.map(({ key, lines }) => ({ key, value: lines.join("").trim() }))
}

const mostLines = 20_000

/** Where the body begins: behind the first empty line, else at the end. */
export function headerLength(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 2
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3
  }
  return bytes.length
}

/** The mail with header lines that are not UTF-8 read as windows-1252, which is what programs without encoded words write. */
export function withReadableHeader(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const length = headerLength(bytes)
  const header = bytes.subarray(0, length)
  if (isUtf8(header)) return bytes
  const decoder = new TextDecoder("windows-1252")
  const lines: Uint8Array[] = []
  for (let from = 0; from < length;) {
    const end = header.indexOf(10, from)
    const line = header.subarray(from, end < 0 ? length : end + 1)
    lines.push(isUtf8(line) ? line : Buffer.from(decoder.decode(line)))
    from += line.length
  }
  return new Uint8Array(Buffer.concat([...lines, bytes.subarray(length)]))
}
