// Who posts a hook: a closure that anybody may post closes tickets that are not solved.
import { createHmac } from "node:crypto"
import { BlockList, isIP } from "node:net"
import { sameSecret } from "#kernel/secrets.ts"
import type { HookRequest, HookSender } from "../systems/system-hook.ts"

const tolerancesMs = 5 * 60_000

/**
 * Of which Gestión Real it is; null of none. Either secret proves it. Addresses restrict it further, and where no secret is set
 * they alone prove it. A system without any of them is believed only where the operator allows that.
 */
export function senderOfHook(request: HookRequest, systems: HookSender[]): HookSender | null {
  const proven = systems.filter((system) => hasCredentials(system) && isSender(request, system))
  // A secret says whose it is; one address may be that of several.
  const sender = proven.find(hasSecret) ?? proven[0]
  if (sender) return sender
  return (request.allowUnauthenticated && systems.find((system) => !hasCredentials(system))) || null
}

type Credentials = { bearer?: string; hmacSecret?: string }

const addressesOf = ({ settings }: HookSender) => (settings["allowIps"] as string[] | undefined) ?? []

function hasSecret({ secrets }: HookSender): boolean {
  const { bearer, hmacSecret }: Credentials = secrets
  return bearer !== undefined || hmacSecret !== undefined
}

const hasCredentials = (system: HookSender) => hasSecret(system) || addressesOf(system).length > 0

function isSender(request: HookRequest, system: HookSender): boolean {
  const { bearer, hmacSecret }: Credentials = system.secrets
  const addresses = addressesOf(system)
  if (addresses.length > 0 && !isWithin(request.ip, addresses)) return false
  if (!hasSecret(system)) return true
  return isSigned(request, hmacSecret) || isBearer(request, bearer)
}

/**
 * Are its headers and its path its sender's too? A signature is over the body alone, and may be sent again with others by a stranger.
 */
export const provesWholeRequest = (request: HookRequest, { secrets }: HookSender): boolean =>
  secrets["hmacSecret"] === undefined || isBearer(request, secrets["bearer"])

const headerOf = ({ headers }: HookRequest, name: string) => {
  const value = headers[name]
  return typeof value === "string" ? value.trim() : undefined
}

function isBearer(request: HookRequest, bearer: string | undefined): boolean {
  const given = /^Bearer +(\S.*)$/i.exec(headerOf(request, "authorization") ?? "")?.[1]
  return bearer !== undefined && given !== undefined && sameSecret(given, bearer)
}

/** Over the bytes as they came. A time beside it is not signed: it only refuses what was delayed for long. */
function isSigned(request: HookRequest, secret: string | undefined): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headerOf(request, "x-gr-signature") ?? "")?.[1]
  if (secret === undefined || given === undefined) return false
  const right = createHmac("sha256", secret).update(request.body).digest("hex")
  return sameSecret(given.toLowerCase(), right) && isRecent(headerOf(request, "x-gr-timestamp"), request.now)
}

/** In seconds since 1970, or in milliseconds. */
function isRecent(timestamp: string | undefined, now: Date): boolean {
  if (timestamp === undefined) return true
  if (!/^\d{9,14}$/.test(timestamp)) return false
  const ms = Number(timestamp) * (timestamp.length > 11 ? 1 : 1_000)
  return Math.abs(ms - now.getTime()) <= tolerancesMs
}

function isWithin(ip: string, networks: readonly string[]): boolean {
  const family = isIP(ip)
  if (family === 0) return false
  const allowed = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    const type = isIP(address) === 6 ? "ipv6" : "ipv4"
    allowed.addSubnet(address, Number(bits ?? (type === "ipv6" ? 128 : 32)), type)
  }
  // An IPv4 address that is written as IPv6 is found too.
  return allowed.check(ip, family === 6 ? "ipv6" : "ipv4")
}
