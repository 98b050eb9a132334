// A stream encrypted so that nothing of it can be changed, reordered, repeated or cut off unnoticed: chunks of a fixed length,
// each AES-256-GCM with a nonce made of its number and of whether it is the last. The key is one stream's own.
import { createCipheriv, createDecipheriv, randomBytes, scrypt as scryptCallback, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

/** Bytes of the plain text of every chunk but the last, which may be shorter or empty. */
export const chunkBytes = 256 * 1024
/** What each chunk is longer by once it is encrypted. */
export const tagBytes = 16
const saltBytes = 32
const keyBytes = 32
/** A salt, and the half of what the passphrase derives by which a wrong one is noticed. */
export const headBytes = saltBytes + keyBytes

// OWASP's first choice for scrypt: 128 MiB.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }
const scrypt = promisify<string, Buffer, number, typeof cost, Buffer>(scryptCallback)

export class EncryptedStreamDamaged extends Error {}

/** A key from the passphrase and fresh chance, and the head that leads to it again. */
export async function newStreamKey(passphrase: string): Promise<{ key: Buffer; head: Buffer }> {
  const salt = randomBytes(saltBytes)
  const { key, check } = await derive(passphrase, salt)
  return { key, head: Buffer.concat([salt, check]) }
}

/** The key of a stream with this head; null when it has another passphrase. */
export async function streamKeyOf(passphrase: string, head: Buffer): Promise<Buffer | null> {
  const { key, check } = await derive(passphrase, head.subarray(0, saltBytes))
  return timingSafeEqual(check, head.subarray(saltBytes)) ? key : null
}

async function derive(passphrase: string, salt: Buffer) {
  const derived = await scrypt(passphrase.normalize("NFC"), salt, 2 * keyBytes, cost)
  return { key: derived.subarray(0, keyBytes), check: derived.subarray(keyBytes) }
}

export async function* encrypt(bytes: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const encrypted = (chunk: Buffer, number: number, isLast: boolean) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast))
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
  yield* eachChunk(bytes, chunkBytes, encrypted)
}

/** Throws `EncryptedStreamDamaged` at the first chunk that is not as it was written; all that came before is. */
export async function* decrypt(bytes: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const decrypted = (chunk: Buffer, number: number, isLast: boolean) => {
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, isLast))
      decipher.setAuthTag(chunk.subarray(-tagBytes))
      return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()])
    } catch (error) {
      throw new EncryptedStreamDamaged(`damaged at byte ${number * (chunkBytes + tagBytes)}`, { cause: error })
    }
  }
  yield* eachChunk(bytes, chunkBytes + tagBytes, decrypted)
}

// Eleven bytes of the number and one that is 1 for the last chunk.
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 5, 6)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

type ChunkWork = (chunk: Buffer, number: number, isLast: boolean) => Buffer

// One chunk is kept back until it is known whether another follows.
async function* eachChunk(bytes: AsyncIterable<Buffer>, length: number, work: ChunkWork): AsyncGenerator<Buffer> {
  let number = 0
  let kept = Buffer.alloc(0)
  for await (const chunk of inChunks(bytes, length)) {
    if (kept.length > 0) yield work(kept, number++, false)
    kept = chunk
  }
  yield work(kept, number, true)
}

async function* inChunks(bytes: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer<ArrayBuffer>> {
  let parts: Buffer[] = []
  let size = 0
  for await (const part of bytes) {
    parts.push(part)
    size += part.length
    if (size < length) continue
    let rest = Buffer.concat(parts)
    for (; rest.length >= length; rest = rest.subarray(length)) yield rest.subarray(0, length)
    parts = [rest]
    size = rest.length
  }
  if (size > 0) yield Buffer.concat(parts)
}
