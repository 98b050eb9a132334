// Turns what a request carries (an API key or the session cookie) into a principal, without a query for most requests.
import type { IncomingHttpHeaders } from "node:http"
import type { Database } from "#kernel/db.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { refuseForeignOrigin } from "./refuse-foreign-origin.ts"
import { lowerRole, type Principal, type Role } from "../permissions/principal.ts"
import { principalOfKey, principalOfSession, type AuthenticatedPrincipal, touchKey } from "./principals-by-token.ts"

/** A Fastify request, or the handshake of a socket. */
type Carrier = { method?: string | undefined; headers: IncomingHttpHeaders }

export type Authentication = {
  /** Throws only when a signed-in browser comes from a foreign page; whatever else is wrong is nobody. */
  authenticate: (request: Carrier) => Promise<Principal | null>
  /** Drops everything remembered, so that a change of people counts from the next request on. */
  dropCache: () => void
}

export const sessionCookie = "hilo_session"
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"])
const rememberedMs = 2_000
const rememberedAtMost = 10_000
const touchedEveryMs = 60_000

export function createAuthentication(kit: { db: Database; now: () => Date; publicUrl: string }): Authentication {
  const memory = createMemory(kit.now)
  const lookUp = async (token: Token): Promise<Principal | null> => {
    const find = token.kind === "key" ? principalOfKey : principalOfSession
    const bearer = await find(kit.db, token.hash, kit.now())
    if (bearer?.keyId) noteUse(kit.db, bearer, kit.now())
    return bearer ? principalFrom(bearer) : null
  }
  return {
    authenticate: async (request) => {
      const token = tokenIn(request.headers)
      const principal = token && (await memory.recall(token.hash, () => lookUp(token)))
      if (principal && token.kind === "session" && !safeMethods.has(request.method ?? "GET")) {
        refuseForeignOrigin(request.headers, kit.publicUrl)
      }
      return principal
    },
    dropCache: memory.forget,
  }
}

type Token = { kind: "key" | "session"; hash: string }

// An Authorization header settles who asks, even when it is not ours to judge: the cookie beside it does not count.
function tokenIn(headers: IncomingHttpHeaders): Token | null {
  if (headers.authorization !== undefined) {
    const key = /^Bearer (hilo_[\w-]{20,100})$/i.exec(headers.authorization)?.[1]
    return key === undefined ? null : { kind: "key", hash: tokenHash(key) }
  }
  const session = sessionTokenIn(headers)
  return session === null ? null : { kind: "session", hash: tokenHash(session) }
}

export function sessionTokenIn(headers: IncomingHttpHeaders): string | null {
  return /(?:^|;\s*)hilo_session=(ses_[\w-]{20,100})(?:;|$)/.exec(headers.cookie ?? "")?.[1] ?? null
}

/** By what the browser's session is kept; null where there is none. */
export function sessionHashOf({ headers }: Pick<Carrier, "headers">): string | null {
  const token = tokenIn(headers)
  return token?.kind === "session" ? token.hash : null
}

function principalFrom(bearer: AuthenticatedPrincipal): Principal {
  const { id, role, teamIds, language, timezone } = bearer
  const person = { id, teamIds, language, timezone }
  const { contactId, identityId, contactIds, identityIds } = bearer
  const customer = { contactId, identityId, reads: { contactIds, identityIds } }
  const asRole = (lowered: Role) => ({ role: lowered, ...(lowered === "user" ? customer : { contactId: null }) })
  if (bearer.keyId === null || bearer.keyRole === null) return { kind: "user", ...person, ...asRole(role) }
  const { keyId, connectionIds } = bearer
  return { kind: "key", ...person, ...asRole(lowerRole(role, bearer.keyRole)), keyId, connectionIds }
}

// Not awaited: nobody's request waits for a bookkeeping row, nor fails with it.
function noteUse(db: Database, { keyId, lastUsedAt }: AuthenticatedPrincipal, now: Date) {
  if (keyId === null || (lastUsedAt && now.getTime() - lastUsedAt.getTime() < touchedEveryMs)) return
  touchKey(db, keyId, now, touchedEveryMs).catch(() => {})
}

/**
 * Remembers who a token belongs to; tokens of nobody are not kept, so that guesses cost memory nothing. Nor are customers
 * without a contact: whatever somebody writes down of them must show at once.
 */
function createMemory(now: () => Date) {
  let known = new Map<string, { at: number; principal: Promise<Principal | null> }>()
  const recall = (hash: string, lookUp: () => Promise<Principal | null>) => {
    const at = now().getTime()
    const found = known.get(hash)
    if (found && Math.abs(at - found.at) <= rememberedMs) return found.principal
    const mine = known
    const principal = lookUp()
    mine.delete(hash)
    mine.set(hash, { at, principal })
    if (mine.size > rememberedAtMost) mine.delete(mine.keys().next().value!)
    const drop = () => void (mine.get(hash)?.principal === principal && mine.delete(hash))
    const isSettled = (who: Principal | null) =>
      who !== null && (who.role !== "user" || typeof who.contactId === "string")
    principal.then((who) => void (isSettled(who) || drop()), drop)
    return principal
  }
  // A look-up that is under way now still ends in the old map, which nobody reads any more.
  const dropCache = () => {
    known = new Map()
  }
  return { recall, forget: dropCache }
}
