// A visitor is authenticated by their token, from any page.
import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { identityOf } from "#contacts/index.ts"
import { clientAddress, type Throttle } from "#people/index.ts"
import { visitorOf } from "./visitor-token-store.ts"

export const chatParams = z.object({ id: z.string().min(1).max(200) })

/** Before anything is read: what is refused later has been counted too. */
export const countRequest = (throttle: Throttle) => (request: FastifyRequest) =>
  throttle.spend(clientAddress(request.ip))

// Any page may call: nothing here is decided by a cookie, only by the token that the page itself holds.
export async function allowAnyPage(_request: FastifyRequest, reply: FastifyReply) {
  reply.header("access-control-allow-origin", "*")
  reply.header("access-control-allow-methods", "GET, POST")
  reply.header("access-control-allow-headers", "authorization, content-type, idempotency-key")
  reply.header("access-control-expose-headers", "retry-after")
  reply.header("access-control-max-age", "86400")
}

/** The address under which a visitor is known as a contact. */
export const identityOfVisitor = (connectionId: string, visitorId: string) =>
  identityOf(visitorId, { kind: "visitor", scope: connectionId })!

/** The visitor whose token the request brings. Refuses (401) whom the chat does not know. */
export async function authenticateVisitor(kit: Kit, request: FastifyRequest): Promise<string> {
  const { id } = request.params as z.infer<typeof chatParams>
  const visitorId = await visitorOf(kit, id, request.headers.authorization)
  if (visitorId === null) throw new Refusal("unauthenticated", "unauthenticated", "The chat does not know this visitor")
  return visitorId
}
