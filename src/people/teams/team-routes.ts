import { runRequest } from "#kernel/http/idempotent-request.ts"
import { notFound } from "#kernel/errors.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { beStaff, manageTeams } from "../permissions/can.ts"
import { changeTeam } from "./change-team.ts"
import { changeTeamBody, idParam, listQuery, newTeamBody, team } from "../api-contract.ts"
import { createTeam } from "./create-team.ts"
import { deleteTeam } from "./delete-team.ts"
import { teamById, teamsPage } from "./team-store.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]
const path = "/api/v1/teams"

export function teamRoutes(app: Server, kit: PeopleKit) {
  app.get(
    path,
    {
      config: { access: beStaff },
      schema: { tags, summary: "List teams", querystring: listQuery, response: { 200: pageSchema(team) } },
    },
    (request) => teamsPage(kit.db.kysely, request.query),
  )

  app.post(
    path,
    {
      config: { access: manageTeams },
      schema: { tags, summary: "Make a team", body: newTeamBody, response: { 201: team } },
    },
    async (request, reply) => {
      const made = await runRequest(kit, request, reply, 201, (act) => createTeam(act, request.body))
      kit.authentication.dropCache()
      return made
    },
  )

  app.get(
    `${path}/:id`,
    { config: { access: beStaff }, schema: { tags, summary: "One team", params: idParam, response: { 200: team } } },
    async (request) => {
      const found = await teamById(kit.db.kysely, request.params.id)
      if (!found) throw notFound("team")
      return found
    },
  )

  app.patch(
    `${path}/:id`,
    {
      config: { access: manageTeams },
      schema: { tags, summary: "Change a team", params: idParam, body: changeTeamBody, response: { 200: team } },
    },
    (request) => adminTransaction(kit, request, (act) => changeTeam(act, request.params.id, request.body)),
  )

  app.delete(
    `${path}/:id`,
    {
      config: { access: manageTeams },
      schema: { tags, summary: "Remove a team that has no tickets", params: idParam, response: { 204: noContent } },
    },
    async (request, reply) => {
      await adminTransaction(kit, request, (act) => deleteTeam(act, request.params.id))
      return reply.code(204).send()
    },
  )
}
