import type { FastifyRequest } from "fastify"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import { anybodySignedIn, beStaff, changeOwnPassword, endOwnKeys } from "../permissions/can.ts"
import { changeMe } from "./change-own-account.ts"
import { changeMeBody, chosenPresence, me, presenceBody } from "../api-contract.ts"
import { setSessionCookie } from "../sessions/session-cookie.ts"
import { ownAccount } from "./read-own-account.ts"
import { hashPasswordOf, verifyPassword } from "../sign-in/hash-password.ts"
import { presenceChoiceMs, choosePresence } from "../presence/presence-tracker.ts"
import { type Principal, principalOf } from "../permissions/principal.ts"
import { revokeKeysOf } from "../api-keys/revoke-key.ts"
import type { AttemptLimits } from "../sign-in/attempt-limits.ts"
import { passwordHashOf, userById } from "./user-store.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]

export function meRoutes(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  app.get(
    "/api/v1/me",
    { config: { access: anybodySignedIn }, schema: { tags, summary: "Who asks", response: { 200: me } } },
    (request) => ownAccount(kit.db, principalOf(request), kit.now()),
  )

  app.patch(
    "/api/v1/me",
    {
      config: { access: anybodySignedIn },
      schema: {
        tags,
        summary: "Change your name, language, time zone, password, or where you go after closing a ticket",
        body: changeMeBody,
        response: { 200: me },
      },
    },
    async (request: FastifyRequest<{ Body: ReturnType<typeof changeMeBody.parse> }>, reply) => {
      const who = principalOf(request)
      const { password, ...fields } = request.body
      const passwordHash = password && (await newHash(kit, tries, who, password))
      const token = await adminTransaction(kit, request, (act) => changeMe(act, who.id, { ...fields, passwordHash }))
      if (token !== null) setSessionCookie(reply, token, kit.publicUrl)
      return ownAccount(kit.db, who, kit.now())
    },
  )

  app.delete(
    "/api/v1/me/keys",
    {
      config: { access: endOwnKeys },
      schema: { tags, summary: "Revoke every API key that acts as you", response: { 204: noContent } },
    },
    async (request, reply) => {
      await adminTransaction(kit, request, (act) => revokeKeysOf(act, principalOf(request).id))
      return reply.code(204).send()
    },
  )

  app.put(
    "/api/v1/me/presence",
    {
      config: { access: beStaff },
      schema: {
        tags,
        summary: "Say whether you are there; holds until you say otherwise, 12 hours at most",
        body: presenceBody,
        response: { 200: chosenPresence },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const { status } = request.body
        await choosePresence(act, principalOf(request).id, status)
        return { status, until: new Date(act.now.getTime() + presenceChoiceMs) }
      }),
  )
}

type NewPassword = { current?: string | undefined; new: string }

// A customer who came by a mailed link has none yet, and proved with the link who they are.
async function newHash(kit: PeopleKit, tries: AttemptLimits, who: Principal, password: NewPassword) {
  if (!changeOwnPassword(who)) throw new Refusal("forbidden", "forbidden", "A key cannot change a password")
  await tries.person.spend(who.id)
  const known = await passwordHashOf(kit.db.kysely, who.id)
  const right = known === null || (await verifyPassword(password.current ?? "", known))
  if (!right) throw invalidField("password.current", "is not your password")
  await tries.person.forgive(who.id)
  return hashPasswordOf((await userById(kit.db.kysely, who.id, kit.now()))!, password.new, "password.new")
}
