import type { FastifyRequest } from "fastify"
import type { Actor } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { type Role, roles } from "./roles.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"

export * from "./roles.ts"

/** What a customer reads: what was exchanged with these identities, or, by no known address, with these contacts. */
export type Reads = { contactIds: string[]; identityIds: string[] }

/** Who asks. Behind an API key (`kind: "key"`) stands a user: `id` is always theirs, `role` the lower of the two. */
export type Principal = Actor & {
  kind: "user" | "key"
  id: string
  role: Role
  /** Every team in which they stand, as a member or as a lead. */
  teamIds: string[]
  /** The contact that a customer is, once anything is known of them. Staff are nobody's contact. */
  contactId?: string | null
  /** The address they come in with. */
  identityId?: string | null
  reads?: Reads
  keyId?: string
  /** Of a key: the connections that it was made for. */
  connectionIds?: string[]
  language: Language
  timezone: string
}

/**
 * Who came by a one-time link: no account and no role. They read one ticket, as it was exchanged with the address that the link
 * was mailed to, and write there from it.
 */
export type LinkViewer = Actor & {
  kind: "contact"
  id: string
  by: "link"
  ticketId: string
  contactId: string
  identityId: string
  reads: Reads
}

/** Who may be shown something of a ticket. */
export type Viewer = Principal | LinkViewer

export const isLinkViewer = (actor: Actor): actor is LinkViewer => "by" in actor && actor.by === "link"

export function isPrincipal(actor: Actor): actor is Principal {
  return (actor.kind === "user" || actor.kind === "key") && "role" in actor
}

export function principalOf(request: FastifyRequest): Principal {
  if (isPrincipal(request.actor)) return request.actor
  throw new Refusal("unauthenticated", "unauthenticated")
}

export function lowerRole(a: Role, b: Role): Role {
  return roles.indexOf(a) < roles.indexOf(b) ? a : b
}
