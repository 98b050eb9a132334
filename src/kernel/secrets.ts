import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto"

/** Seals and opens secrets at rest with a key derived from HILO_SECRET; makes keyed hashes with another. */
export type Secrets = {
  seal: (text: string) => string
  open: (sealed: string) => string
  hash: (text: string) => string
}

export function createSecrets(secret: string): Secrets {
  const derive = (purpose: string) => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32))
  const sealing = derive("hilo seal")
  const hashing = derive("hilo hash")
  return {
    seal(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv("aes-256-gcm", sealing, iv)
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64")
    },
    open(sealed) {
      const raw = Buffer.from(sealed, "base64")
      const decipher = createDecipheriv("aes-256-gcm", sealing, raw.subarray(0, 12))
      decipher.setAuthTag(raw.subarray(12, 28))
      return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString("utf8")
    },
    hash: (text) => createHmac("sha256", hashing).update(text).digest("hex"),
  }
}

/** The form in which random tokens (sessions, keys, links) are kept. Safe only for ≥ 128 random bits. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}

/** Compares in constant time whatever the lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
