import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { sessionTokenIn } from "../authentication/authenticate-request.ts"
import { clientAddress } from "../authentication/client-network-of-ip-address.ts"
import { me, setUpBody, signInBody } from "../api-contract.ts"
import { setSessionCookie, clearSessionCookie } from "./session-cookie.ts"
import { accountKey, knownBrowser, rememberBrowser } from "../sign-in/known-browser.ts"
import { ownAccount } from "../accounts/read-own-account.ts"
import { refuseForeignPage } from "../authentication/refuse-foreign-origin.ts"
import { hashPasswordOf } from "../sign-in/hash-password.ts"
import { isPrincipal } from "../permissions/principal.ts"
import type { AttemptLimits } from "../sign-in/attempt-limits.ts"
import { completeFirstRun } from "../accounts/first-run.ts"
import { signIn, startSession } from "../sign-in/sign-in.ts"
import { signOut } from "./sign-out.ts"
import { hasStaff } from "../accounts/user-store.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]
const signedIn = z.object({ user: me })

export function sessionRoutes(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  app.get(
    "/api/v1/session",
    {
      config: { access: "public" },
      schema: {
        tags,
        summary: "Who is signed in, and whether Hilo still waits for its first account",
        response: { 200: z.object({ user: me.nullable(), setupNeeded: z.boolean() }) },
      },
    },
    async ({ actor }) => {
      if (isPrincipal(actor)) return { user: await ownAccount(kit.db, actor, kit.now()), setupNeeded: false }
      return { user: null, setupNeeded: !(await hasStaff(kit.db.kysely)) }
    },
  )

  app.post(
    "/api/v1/session",
    {
      config: { access: "public" },
      schema: { tags, summary: "Sign in", body: signInBody, response: { 200: signedIn } },
    },
    async (request, reply) => {
      refuseForeignPage(request.headers, kit.publicUrl)
      const { email, password } = request.body
      const token = await trying(kit, request, tries, () =>
        signIn(kit, { email: email.trim().normalize("NFC"), password, replaces: sessionTokenIn(request.headers) }),
      )
      setSessionCookie(reply, token, kit.publicUrl)
      rememberBrowser(kit, request.headers, reply, email)
      return { user: await currentUserOfSession(kit, token) }
    },
  )

  app.delete(
    "/api/v1/session",
    { config: { access: "public" }, schema: { tags, summary: "Sign out", response: { 204: noContent } } },
    async (request, reply) => {
      const token = sessionTokenIn(request.headers)
      if (token !== null && isPrincipal(request.actor)) {
        await adminTransaction(kit, request, (act) => signOut(act, token))
      }
      clearSessionCookie(reply, kit.publicUrl)
      return reply.code(204).send()
    },
  )

  setUpRoute(app, kit, tries)
}

function setUpRoute(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  app.post(
    "/api/v1/setup",
    {
      config: { access: "public" },
      schema: {
        tags,
        summary: "Make the first account, with the link Hilo printed",
        body: setUpBody,
        response: { 201: signedIn },
      },
    },
    async (request, reply) => {
      refuseForeignPage(request.headers, kit.publicUrl)
      await tries.address.spend(clientAddress(request.ip))
      const { password, ...account } = request.body
      const passwordHash = await hashPasswordOf(account, password)
      const token = await adminTransaction(kit, request, async (act) => {
        const admin = await completeFirstRun(act, { ...account, passwordHash })
        await kit.afterSetUp?.({ ...act, actor: { kind: "user", id: admin.id } })
        return startSession(act, { userId: admin.id, passwordHash })
      })
      setSessionCookie(reply, token, kit.publicUrl)
      rememberBrowser(kit, request.headers, reply, account.email)
      return reply.code(201).send({ user: await currentUserOfSession(kit, token) })
    },
  )
}

type SignIn = FastifyRequest<{ Body: z.output<typeof signInBody> }>

// Counted before the slow check, so a burst costs no more than the tries that are left. A counter is of a network, of an
// account in a network, or of a browser: nobody locks somebody out who is elsewhere, or was let in before.
async function trying(kit: PeopleKit, request: SignIn, tries: AttemptLimits, signIn: () => Promise<{ token: string }>) {
  const { email } = request.body
  const network = clientAddress(request.ip)
  const browser = knownBrowser(kit, request.headers, email)
  const counters =
    browser === null
      ? [
          { throttle: tries.address, key: network },
          { throttle: tries.account, key: `${accountKey(email)}\n${network}` },
        ]
      : [{ throttle: tries.account, key: `${accountKey(email)}\n${browser}` }]
  for (const { throttle, key } of counters) await throttle.spend(key)
  const { token } = await signIn()
  for (const { throttle, key } of counters) await throttle.forgive(key)
  return token
}

export async function currentUserOfSession(kit: PeopleKit, token: string) {
  const who = await kit.authentication.authenticate({ headers: { cookie: `hilo_session=${token}` } })
  return ownAccount(kit.db, who!, kit.now())
}
