import type { IncomingHttpHeaders } from "node:http"
import { Refusal } from "#kernel/errors.ts"

/** A browser that carries a session may change things only from our own pages, and says which page it is on. */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicUrl: string) {
  const own =
    headers.origin === undefined
      ? headers["sec-fetch-site"] === "same-origin"
      : isOwn(headers.origin, headers.host, publicUrl)
  if (!own) throw new Refusal("forbidden", "cross_origin")
}

/** For signing in: a foreign page must not sign a browser in; a client that is no browser says nothing and may. */
export function refuseForeignPage(headers: IncomingHttpHeaders, publicUrl: string) {
  if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) refuseForeignOrigin(headers, publicUrl)
}

function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const { origin: theirs, host: theirHost } = new URL(origin)
  return theirs === new URL(publicUrl).origin || theirHost === host?.toLowerCase()
}
