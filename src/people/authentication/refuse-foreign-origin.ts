import type { IncomingHttpHeaders } from "node:http"
import { Refusal } from "#kernel/errors.ts"

/** A browser that carries a session may change things only from our own pages, and says which page it is on. */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicUrl: string) {
  const own =
    headers.origin === undefined ? headers["sec-fetch-site"] === "same-origin" : isOwn(headers.origin, publicUrl)
  if (!own) throw new Refusal("forbidden", "cross_origin")
}

/** For signing in: a foreign page must not sign a browser in; a client that is no browser says nothing and may. */
export function refuseForeignPage(headers: IncomingHttpHeaders, publicUrl: string) {
  if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) refuseForeignOrigin(headers, publicUrl)
}

/** Does a browser say that it is on a page of ours? */
export const isOwnPage = (headers: IncomingHttpHeaders, publicUrl: string): boolean =>
  headers["sec-fetch-site"] === "same-origin" || (headers.origin !== undefined && isOwn(headers.origin, publicUrl))

const thisMachine = new Set(["localhost", "127.0.0.1", "[::1]"])

// Neither what the request calls our host nor its scheme is believed: only the setting says where our pages are. This
// machine alone goes by several names.
function isOwn(origin: string, publicUrl: string): boolean {
  const [theirs, ours] = [URL.parse(origin), new URL(publicUrl)]
  if (theirs === null) return false
  if (theirs.origin === ours.origin) return true
  const isHere = thisMachine.has(theirs.hostname) && thisMachine.has(ours.hostname)
  return isHere && theirs.port === ours.port && theirs.protocol === ours.protocol
}
