// A browser in which somebody signed in before is known by a cookie, one for each account. Wrong passwords
// count by account and network; those from such a browser count by the browser, so that nobody else's tries lock it out.
import type { IncomingHttpHeaders } from "node:http"
import type { FastifyReply } from "fastify"
import { newSecret } from "#kernel/ids.ts"
import { sameSecret, type Secrets } from "#kernel/secrets.ts"

type Kit = { secrets: Secrets; publicUrl: string }

const days = 365
const path = "/api/v1/session"

/** The account as it is looked up: another way to write its e-mail is the same account, another e-mail is not. */
export const accountKey = (email: string) => email.trim().normalize("NFC").toLowerCase()

// Not the e-mail itself: a borrower of the browser should not read there who else has used it.
const nameFor = ({ secrets }: Kit, account: string) => `hilo_known_${secrets.hash(`known ${account}`).slice(0, 16)}`
const proofOf = ({ secrets }: Kit, account: string, browser: string) =>
  secrets.hash(`known browser\n${account}\n${browser}`)

/** Which browser of this account's asks; null when it is none, or the cookie is not ours. */
export function knownBrowser(kit: Kit, headers: IncomingHttpHeaders, email: string): string | null {
  const account = accountKey(email)
  const cookie = new RegExp(`(?:^|;\\s*)${nameFor(kit, account)}=([\\w-]{22})\\.([0-9a-f]{64})(?:;|$)`)
  const [, browser, proof] = cookie.exec(headers.cookie ?? "") ?? []
  return browser && proof && sameSecret(proof, proofOf(kit, account, browser)) ? browser : null
}

export function rememberBrowser(kit: Kit, headers: IncomingHttpHeaders, reply: FastifyReply, email: string) {
  const account = accountKey(email)
  const browser = knownBrowser(kit, headers, email) ?? newSecret("", 16)
  reply.setCookie(nameFor(kit, account), `${browser}.${proofOf(kit, account, browser)}`, {
    path,
    httpOnly: true,
    sameSite: "lax",
    secure: kit.publicUrl.startsWith("https:"),
    maxAge: days * 86_400,
  })
}
