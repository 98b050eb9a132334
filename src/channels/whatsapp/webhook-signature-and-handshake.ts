// Meta signs the bytes that it sends: they are checked before anybody parses them, for JSON written anew is other bytes.
import { createHmac, timingSafeEqual } from "node:crypto"
import { sameSecret } from "#kernel/secrets.ts"

/** Is `header` (X-Hub-Signature-256) the signature of these bytes? Without a secret nothing is. */
export function isSignatureValid(body: Buffer, header: unknown, appSecret: string | undefined): boolean {
  if (!appSecret || typeof header !== "string") return false
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1]
  if (given === undefined) return false
  return timingSafeEqual(Buffer.from(given, "hex"), createHmac("sha256", appSecret).update(body).digest())
}

type Handshake = { status: 200; body: string } | { status: 400 | 403 }

/** The answer to the GET with which Meta asks whether the address is ours. */
export function answerHandshake(query: Record<string, unknown>, verifyToken: string | undefined): Handshake {
  const [mode, token, challenge] = ["hub.mode", "hub.verify_token", "hub.challenge"].map((name) => query[name])
  if (typeof mode !== "string" || typeof token !== "string" || typeof challenge !== "string") return { status: 400 }
  if (mode !== "subscribe" || !verifyToken || !sameSecret(token, verifyToken)) return { status: 403 }
  return { status: 200, body: challenge }
}
