import type { FastifyRequest } from "fastify"
import { z } from "zod"
import { done } from "#kernel/fields.ts"
import type { Server } from "#kernel/http.ts"
import { sessionTokenIn } from "./authenticate.ts"
import { clientAddress } from "./client-address.ts"
import { me, setUpBody, signInBody } from "./contract.ts"
import { giveSession, takeSession } from "./cookie.ts"
import { accountKey, knownBrowser, rememberBrowser } from "./known-browser.ts"
import { meOf } from "./me.ts"
import { refuseForeignPage } from "./origin.ts"
import { hashPasswordOf } from "./password.ts"
import { isPrincipal } from "./principal.ts"
import type { Tries } from "./routes.ts"
import { setUp } from "./setup.ts"
import { signIn, startSession } from "./sign-in.ts"
import { signOut } from "./sign-out.ts"
import { hasStaff } from "./store/users.ts"
import { type PeopleKit, write } from "./write.ts"

const tags = ["People"]
const signedIn = z.object({ user: me })

export function sessionRoutes(app: Server, kit: PeopleKit, tries: Tries) {
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
      if (isPrincipal(actor)) return { user: await meOf(kit.db, actor, kit.now()), setupNeeded: false }
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
      giveSession(reply, token, kit.publicUrl)
      rememberBrowser(kit, request.headers, reply, email)
      return { user: await whoever(kit, token) }
    },
  )

  app.delete(
    "/api/v1/session",
    { config: { access: "public" }, schema: { tags, summary: "Sign out", response: { 204: done } } },
    async (request, reply) => {
      const token = sessionTokenIn(request.headers)
      if (token !== null && isPrincipal(request.actor)) {
        await write(kit, request, (act) => signOut(act, token))
      }
      takeSession(reply, kit.publicUrl)
      return reply.code(204).send()
    },
  )

  setUpRoute(app, kit, tries)
}

function setUpRoute(app: Server, kit: PeopleKit, tries: Tries) {
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
      const token = await write(kit, request, async (act) => {
        const admin = await setUp(act, { ...account, passwordHash })
        await kit.afterSetUp?.({ ...act, actor: { kind: "user", id: admin.id } })
        return startSession(act, { userId: admin.id, passwordHash })
      })
      giveSession(reply, token, kit.publicUrl)
      rememberBrowser(kit, request.headers, reply, account.email)
      return reply.code(201).send({ user: await whoever(kit, token) })
    },
  )
}

type SignIn = FastifyRequest<{ Body: z.output<typeof signInBody> }>

// Counted before the slow check, so a burst costs no more than the tries that are left. A counter is of a network, of an
// account in a network, or of a browser: nobody locks somebody out who is elsewhere, or was let in before.
async function trying(kit: PeopleKit, request: SignIn, tries: Tries, signIn: () => Promise<{ token: string }>) {
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

export async function whoever(kit: PeopleKit, token: string) {
  const who = await kit.authentication.authenticate({ headers: { cookie: `hilo_session=${token}` } })
  return meOf(kit.db, who!, kit.now())
}
