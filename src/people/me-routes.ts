import type { FastifyRequest } from "fastify"
import { answer } from "#kernel/answer.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http.ts"
import { done } from "#kernel/fields.ts"
import { anybodySignedIn, beStaff, changeOwnPassword, endOwnKeys } from "./can.ts"
import { changeMe } from "./change-me.ts"
import { changeMeBody, chosenPresence, me, presenceBody } from "./contract.ts"
import { giveSession } from "./cookie.ts"
import { meOf } from "./me.ts"
import { hashPasswordOf, verifyPassword } from "./password.ts"
import { choiceHoldsMs, choosePresence } from "./presence.ts"
import { type Principal, principalOf } from "./principal.ts"
import { revokeKeysOf } from "./revoke-key.ts"
import type { Tries } from "./routes.ts"
import { passwordHashOf, userById } from "./store/users.ts"
import { type PeopleKit, write } from "./write.ts"

const tags = ["People"]

export function meRoutes(app: Server, kit: PeopleKit, tries: Tries) {
  app.get(
    "/api/v1/me",
    { config: { access: anybodySignedIn }, schema: { tags, summary: "Who asks", response: { 200: me } } },
    (request) => meOf(kit.db, principalOf(request), kit.now()),
  )

  app.patch(
    "/api/v1/me",
    {
      config: { access: anybodySignedIn },
      schema: {
        tags,
        summary: "Change your name, language, time zone or password",
        body: changeMeBody,
        response: { 200: me },
      },
    },
    async (request: FastifyRequest<{ Body: ReturnType<typeof changeMeBody.parse> }>, reply) => {
      const who = principalOf(request)
      const { password, ...fields } = request.body
      const passwordHash = password && (await newHash(kit, tries, who, password))
      const token = await write(kit, request, (act) => changeMe(act, who.id, { ...fields, passwordHash }))
      if (token !== null) giveSession(reply, token, kit.publicUrl)
      return meOf(kit.db, who, kit.now())
    },
  )

  app.delete(
    "/api/v1/me/keys",
    {
      config: { access: endOwnKeys },
      schema: { tags, summary: "Revoke every API key that acts as you", response: { 204: done } },
    },
    async (request, reply) => {
      await write(kit, request, (act) => revokeKeysOf(act, principalOf(request).id))
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
      answer(kit, request, reply, 200, async (act) => {
        const { status } = request.body
        await choosePresence(act, principalOf(request).id, status)
        return { status, until: new Date(act.now.getTime() + choiceHoldsMs) }
      }),
  )
}

type NewPassword = { current?: string | undefined; new: string }

// Whoever came by a mailed link has none yet, and proved with the link who they are.
async function newHash(kit: PeopleKit, tries: Tries, who: Principal, password: NewPassword) {
  if (!changeOwnPassword(who)) throw new Refusal("forbidden", "forbidden", "A key cannot change a password")
  await tries.person.spend(who.id)
  const known = await passwordHashOf(kit.db.kysely, who.id)
  const right = known === null || (await verifyPassword(password.current ?? "", known))
  if (!right) throw invalidField("password.current", "is not your password")
  await tries.person.forgive(who.id)
  return hashPasswordOf((await userById(kit.db.kysely, who.id, kit.now()))!, password.new, "password.new")
}
