// Passwords: argon2id with the parameters kept beside the hash, so that they can be raised later.
import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { invalidField } from "#kernel/errors.ts"
import { weaknesses, weaknessOf, type Whose } from "../weak-password.ts"

type Cost = { memory: number; passes: number; parallelism: number }

// OWASP's first choice: 19 MiB, 2 passes, no parallelism.
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const argon2 = promisify(argon2Callback)

/** Refuses (400) one that is easily guessed from its account; `path` is where the request has it. */
export async function hashPasswordOf(whose: Whose, password: string, path = "password"): Promise<string> {
  const weakness = weaknessOf(password, whose)
  if (weakness !== null) throw invalidField(path, weaknesses[weakness], weakness)
  return hashPassword(password)
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await digest(password, nonce, cost)
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`
  return `$argon2id$v=19$${parameters}$${unpadded(nonce)}$${unpadded(hash)}`
}

// Nobody's password, at today's cost: what an unknown e-mail is compared with, so that it takes as long as a known one.
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`

/** False without a hash too, after the same work. */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const stored = parse(hash ?? nobodys) ?? parse(nobodys)!
  const given = await digest(password, stored.nonce, stored.cost)
  return timingSafeEqual(given, stored.hash) && hash !== null && hash !== undefined
}

function parse(text: string) {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]{22})\$([\w+/]{43})$/.exec(text)
  if (!found) return null
  const [memory, passes, parallelism] = found.slice(1, 4).map(Number) as [number, number, number]
  const [nonce, hash] = found.slice(4).map((part) => Buffer.from(part, "base64")) as [Buffer, Buffer]
  return { cost: { memory, passes, parallelism }, nonce, hash }
}

// The same characters typed on another keyboard are the same password.
function digest(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost) {
  const message = password.normalize("NFKC")
  return argon2("argon2id", { message, nonce, memory, passes, parallelism, tagLength: 32 })
}

const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")
