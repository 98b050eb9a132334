import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { Refusal } from "#kernel/errors.ts"
import { tokenHash } from "#kernel/secrets.ts"
import type { Server } from "#kernel/http/server.ts"
import { sessionTokenIn } from "../authentication/authenticate-request.ts"
import { clientAddress } from "../authentication/client-network-of-ip-address.ts"
import { linkSignInBody, linkBody, me, passwordLinkBody } from "../api-contract.ts"
import { setSessionCookie } from "../sessions/session-cookie.ts"
import { refuseForeignPage } from "../authentication/refuse-foreign-origin.ts"
import { rememberBrowser } from "./known-browser.ts"
import { hashPasswordOf } from "./hash-password.ts"
import { usePasswordLink } from "./password-link.ts"
import type { AttemptLimits } from "./attempt-limits.ts"
import { currentUserOfSession } from "../sessions/session-and-setup-routes.ts"
import { signInByLink, linkMinutes } from "./sign-in-link.ts"
import { ownerOfPasswordLink } from "./password-link-store.ts"
import { insertRequest } from "./sign-in-link-store.ts"
import { foldedEmail, isLeft } from "./throttle.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]
const signedIn = z.object({ user: me })

/** Customers' way in without a password, and that of staff without their password. */
export function linkRoutes(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  app.post(
    "/api/v1/session/link",
    {
      config: { access: "public" },
      schema: {
        tags,
        summary:
          "Have a link mailed: customers sign in with it, staff set another password. Who is not known gets the same answer",
        body: linkBody,
        response: { 202: z.object({ validMinutes: z.number() }) },
      },
    },
    async (request, reply) => {
      await requestLink(kit, tries, request, request.body.email)
      return reply.code(202).send({ validMinutes: linkMinutes })
    },
  )

  app.put(
    "/api/v1/session/link",
    {
      config: { access: "public" },
      schema: { tags, summary: "Sign in with a mailed link", body: linkSignInBody, response: { 200: signedIn } },
    },
    async (request: FastifyRequest<{ Body: z.output<typeof linkSignInBody> }>, reply) => {
      refuseForeignPage(request.headers, kit.publicUrl)
      const client = clientAddress(request.ip)
      await tries.address.spend(client)
      const given = { token: request.body.token, replaces: sessionTokenIn(request.headers) }
      const token = await adminTransaction(kit, request, (act) => signInByLink(act, given, kit.provedByLink))
      await tries.address.forgive(client)
      setSessionCookie(reply, token, kit.publicUrl)
      return { user: await currentUserOfSession(kit, token) }
    },
  )
}

/** Has a link mailed to `email`, if it is anybody's: the answer does not say. */
export async function requestLink(kit: PeopleKit, tries: AttemptLimits, request: FastifyRequest, email: string) {
  refuseForeignPage(request.headers, kit.publicUrl)
  await tries.linkAddress.spend(clientAddress(request.ip))
  // Answered as always: after so many requests its owner has a mail already.
  if (await isLeft(tries.linkEmail, foldedEmail(email)))
    await adminTransaction(kit, request, (act) => insertRequest(act, email))
}

/** For people who were invited, or forgot their password. */
export function passwordLinkRoute(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  app.put(
    "/api/v1/session/password",
    {
      config: { access: "public" },
      schema: {
        tags,
        summary: "Set a password with a link that was given or mailed, and sign in",
        body: passwordLinkBody,
        response: { 200: signedIn },
      },
    },
    async (request: FastifyRequest<{ Body: z.output<typeof passwordLinkBody> }>, reply) => {
      refuseForeignPage(request.headers, kit.publicUrl)
      const client = clientAddress(request.ip)
      await tries.address.spend(client)
      const { token: given, password } = request.body
      // Before the slow part: guesses cost us a look and no more.
      const owner = await ownerOfPasswordLink(kit.db, tokenHash(given), kit.now())
      if (!owner) throw new Refusal("forbidden", "link_over")
      const use = {
        token: given,
        passwordHash: await hashPasswordOf(owner, password),
        replaces: sessionTokenIn(request.headers),
      }
      const token = await adminTransaction(kit, request, (act) => usePasswordLink(act, use))
      await tries.address.forgive(client)
      setSessionCookie(reply, token, kit.publicUrl)
      const user = await currentUserOfSession(kit, token)
      rememberBrowser(kit, request.headers, reply, user.email)
      return { user }
    },
  )
}
