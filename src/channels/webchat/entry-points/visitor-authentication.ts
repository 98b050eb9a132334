// A visitor is authenticated by their token, from a page of any site that the chat allows.
import type { FastifyReply, FastifyRequest } from "fastify"
import type { IncomingHttpHeaders } from "node:http"
import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { identityOf } from "#contacts/index.ts"
import { clientAddress, isOwnPage, type Throttle } from "#people/index.ts"
import { isAllowedSite } from "../allowed-sites.ts"
import { sitesOf } from "../settings.ts"
import { visitorOf } from "./visitor-token-store.ts"

export type ChatKit = Kit & { publicUrl: string }

export const chatParams = z.object({ id: z.string().min(1).max(200) })

/** Before anything is read: what is refused later has been counted too. */
export const countRequest = (throttle: Throttle) => (request: FastifyRequest) =>
  throttle.spend(clientAddress(request.ip))

/**
 * Pages of the sites that the chat allows may call: nothing here is decided by a cookie, only by the token that the page itself
 * holds. Others are refused (403) before anything is read.
 */
export const allowSites = (kit: ChatKit) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { id } = request.params as z.infer<typeof chatParams>
  const isAsked = !saysNoSite(kit, request.headers) && isConnectionId(id)
  const connection = isAsked ? await connectionById(kit.db.kysely, id) : undefined
  if (!isFromAllowedSite(kit, connection, request.headers)) throw new Refusal("forbidden", "site_not_allowed")
  reply.header("access-control-allow-origin", "*")
  reply.header("access-control-allow-methods", "GET, POST")
  reply.header("access-control-allow-headers", "authorization, content-type, idempotency-key")
  reply.header("access-control-expose-headers", "retry-after")
  reply.header("access-control-max-age", "86400")
}

// Asked before the address is validated, which refuses the others.
export const isConnectionId = (id: string) => /^\w{1,200}$/.test(id)

const saysNoSite = ({ publicUrl }: ChatKit, headers: IncomingHttpHeaders) =>
  headers.origin === undefined || isOwnPage(headers, publicUrl)

/** Our own chat page always; a program that is no browser says nothing of where it is, and is held by the limits alone. */
export const isFromAllowedSite = (kit: ChatKit, connection: ConnectionRow | undefined, headers: IncomingHttpHeaders) =>
  saysNoSite(kit, headers) || connection === undefined || isAllowedSite(headers.origin!, sitesOf(connection))

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
