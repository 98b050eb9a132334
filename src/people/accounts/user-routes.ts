import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { compressList } from "#kernel/http/compress-list.ts"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { beStaff, manageUsers, setPasswords } from "../permissions/can.ts"
import { changeUser } from "./change-user.ts"
import {
  changeUserBody,
  colleague,
  idParam,
  invitation,
  newUserBody,
  passwordBody,
  type User,
  user,
  usersQuery,
} from "../api-contract.ts"
import { createUser } from "./create-user.ts"
import { disableUser, enableUser } from "./disable-and-enable-user.ts"
import { hashPasswordOf } from "../sign-in/hash-password.ts"
import { sendInvitation } from "../sign-in/password-link.ts"
import { type Principal, principalOf, staffRoles } from "../permissions/principal.ts"
import { resetPassword } from "../sign-in/reset-password-by-admin.ts"
import { userById, usersPage } from "./user-store.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]
const shown = z.union([user, colleague])
const path = "/api/v1/users"

export function userRoutes(app: Server, kit: PeopleKit) {
  app.get(
    path,
    {
      config: { access: beStaff },
      onSend: compressList,
      schema: {
        tags,
        summary: "List users; those who are no admins see names and teams of staff",
        querystring: usersQuery,
        response: { 200: pageSchema(shown) },
      },
    },
    async (request) => {
      const who = principalOf(request)
      if (manageUsers(who)) return usersPage(kit.db.kysely, request.query, kit.now())
      const colleagues = { ...request.query, role: staffOf(request.query.role), disabled: false }
      const page = await usersPage(kit.db.kysely, colleagues, kit.now())
      return { ...page, items: page.items.map(toColleague) }
    },
  )

  app.post(
    path,
    {
      config: { access: manageUsers },
      schema: { tags, summary: "Make an account", body: newUserBody, response: { 201: user } },
    },
    async (request, reply) => {
      const { password, ...fields } = request.body
      if (password !== undefined) refuseFirstPassword(principalOf(request), fields.role)
      const passwordHash = password && (await hashPasswordOf(fields, password))
      return runRequest(kit, request, reply, 201, (act) => createUser(act, { ...fields, passwordHash }))
    },
  )

  app.get(
    `${path}/:id`,
    { config: { access: beStaff }, schema: { tags, summary: "One user", params: idParam, response: { 200: shown } } },
    async (request) => seen(principalOf(request), await userById(kit.db.kysely, request.params.id, kit.now())),
  )

  changeRoutes(app, kit)
  passwordRoute(app, kit)
  invitationRoute(app, kit)
}

function changeRoutes(app: Server, kit: PeopleKit) {
  app.patch(
    `${path}/:id`,
    {
      config: { access: manageUsers },
      schema: {
        tags,
        summary: "Change an account; `disabled` switches it off or on",
        params: idParam,
        body: changeUserBody,
        response: { 200: user },
      },
    },
    async (request) => {
      const { disabled, ...changes } = request.body
      const { id } = request.params
      return adminTransaction(kit, request, async (act) => {
        if (disabled !== undefined) await (disabled ? disableUser : enableUser)(act, id)
        return changeUser(act, id, changes)
      })
    },
  )

  app.delete(
    `${path}/:id`,
    {
      config: { access: manageUsers },
      schema: { tags, summary: "Switch an account off", params: idParam, response: { 204: noContent } },
    },
    async (request, reply) => {
      await adminTransaction(kit, request, (act) => disableUser(act, request.params.id))
      return reply.code(204).send()
    },
  )
}

function passwordRoute(app: Server, kit: PeopleKit) {
  app.post(
    `${path}/:id/password`,
    {
      config: { access: setPasswords },
      schema: {
        tags,
        summary: "Set a password; every session of the account ends",
        params: idParam,
        body: passwordBody,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const whose = await userById(kit.db.kysely, request.params.id, kit.now())
      if (!whose) throw notFound("user")
      const passwordHash = await hashPasswordOf(whose, request.body.password)
      await runRequest(kit, request, reply, 204, (act) => resetPassword(act, request.params.id, passwordHash))
      kit.authentication.dropCache()
      return reply.send()
    },
  )
}

function invitationRoute(app: Server, kit: PeopleKit) {
  app.post(
    `${path}/:id/invitation`,
    {
      config: { access: setPasswords, secretAnswer: true },
      schema: {
        tags,
        summary: "Give somebody a link with which they set their password; mailed when mail is set, else answered once",
        params: idParam,
        body: noFields,
        response: { 201: invitation },
      },
    },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => sendInvitation(act, kit, request.params.id)),
  )
}

function staffOf(wanted: UsersRoles): UsersRoles {
  return wanted === undefined ? [...staffRoles] : wanted.filter((role) => role !== "user")
}
type UsersRoles = z.output<typeof usersQuery>["role"]

function seen(who: Principal, found: User | null) {
  if (found && manageUsers(who)) return found
  const isColleague = found?.role !== "user" && !found?.disabled
  if (!found || (!isColleague && found.id !== who.id)) throw notFound("user")
  return toColleague(found)
}

const toColleague = ({ id, name, teams, presence }: User) => ({ id, name, teams, presence })

function refuseFirstPassword(who: Principal, role: User["role"]) {
  if (!setPasswords(who)) throw new Refusal("forbidden", "forbidden", "A key cannot set a password: sign in to do so")
  if (role !== "user")
    throw new Refusal("forbidden", "forbidden", "Staff choose their own first password: leave it out, and invite them")
}
