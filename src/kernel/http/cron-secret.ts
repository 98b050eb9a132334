// The routes that CRON_SECRET opens. Without a secret they stay closed, whatever is sent.
import type { FastifyReply, FastifyRequest } from "fastify"
import { sameSecret } from "../secrets.ts"

/** A hook for those routes: admits requests that carry the secret, and answers all others in the format of those APIs. */
export function requireCronSecret(secret: string | undefined) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1]
    // Compared also when there is nothing to compare with, so that the time reveals nothing.
    const isRight = sameSecret(given ?? "", secret ?? "\0")
    if (!isRight || !secret || !given)
      return reply.code(401).header("www-authenticate", "Bearer").send({ error: "Unauthorized" })
    return undefined
  }
}

export const cronActor = { kind: "cron", id: null }
