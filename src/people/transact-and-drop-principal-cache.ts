import type { FastifyRequest } from "fastify"
import { type Act, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Authentication } from "./authentication/authenticate-request.ts"

export type PeopleKit = Kit & {
  authentication: Authentication
  publicUrl: string
  /** Whether a mail server is set: else what would be mailed is shown in the answer. */
  mailIsSet: boolean
  afterSetUp?: (act: Act) => Promise<void>
  /** A person who used a mailed link has that address. */
  provedByLink?: (act: Act, email: string) => Promise<void>
}

/** One change of people in its own transaction; it counts from the next request on. */
export async function adminTransaction<T>(
  kit: PeopleKit,
  request: FastifyRequest,
  work: (act: Act) => Promise<T>,
): Promise<T> {
  const result = await inTransaction(kit.db, { actor: request.actor, now: kit.now() }, work)
  kit.authentication.dropCache()
  return result
}
