// Ids of ours that leave with a mail and come back in an answer: signed, so that nobody makes one up.
import { sameSecret, type Secrets } from "#kernel/secrets.ts"

const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
// 80 bits.
const signatureBytes = 10
/** Characters of a UUID's 16 bytes in base32. */
export const idLength = 26
export const signatureLength = 16

/** The id's 32 hex digits in lower-case base32; null for what has not the shape of an id. */
export function encodeId(id: string): string | null {
  const hex = /^[a-z]+_([0-9a-f]{32})$/.exec(id)?.[1]
  return hex === undefined ? null : toBase32(Buffer.from(hex, "hex"))
}

/** The inverse of `encodeId`, with the prefix of the kind; null for what `encodeId` never returns. */
export function decodeId(prefix: string, text: string): string | null {
  const bytes = text.length === idLength ? fromBase32(text) : null
  const id = bytes && `${prefix}_${bytes.toString("hex")}`
  return id !== null && encodeId(id) === text ? id : null
}

/** `purpose` keeps a signature of one kind from being taken for one of another. 16 characters. */
export const signatureOf = (secrets: Secrets, purpose: string, id: string): string =>
  toBase32(Buffer.from(secrets.hash(`${purpose}\n${id}`), "hex").subarray(0, signatureBytes))

export const isSignatureOf = (secrets: Secrets, purpose: string, id: string, signature: string): boolean =>
  sameSecret(signatureOf(secrets, purpose, id), signature)

function toBase32(bytes: Uint8Array): string {
  let [text, value, bits] = ["", 0, 0]
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(value >> (bits - 5)) & 31]
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text
}

function fromBase32(text: string): Buffer | null {
  const bytes: number[] = []
  let [value, bits] = [0, 0]
  for (const letter of text) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0) return null
    value = ((value << 5) | digit) & 0xfff
    bits += 5
    if (bits >= 8) bytes.push((value >> (bits -= 8)) & 255)
  }
  return Buffer.from(bytes)
}
