import { runRequest } from "#kernel/http/idempotent-request.ts"
import { notFound } from "#kernel/errors.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { makeKeys, manageKeys } from "../permissions/can.ts"
import { changeKey } from "./rename-key.ts"
import { apiKey, changeKeyBody, idParam, listQuery, newKey, newKeyBody } from "../api-contract.ts"
import { createKey } from "./create-key.ts"
import { principalOf } from "../permissions/principal.ts"
import { revokeKey } from "./revoke-key.ts"
import { keyById, keysPage } from "./key-store.ts"
import { type PeopleKit, adminTransaction } from "../transact-and-drop-principal-cache.ts"

const tags = ["People"]
const path = "/api/v1/api-keys"

export function keyRoutes(app: Server, kit: PeopleKit) {
  app.get(
    path,
    {
      config: { access: manageKeys },
      schema: {
        tags,
        summary: "List API keys, newest first",
        querystring: listQuery,
        response: { 200: pageSchema(apiKey) },
      },
    },
    (request) => keysPage(kit.db.kysely, request.query),
  )

  app.post(
    path,
    {
      config: { access: makeKeys, secretAnswer: true },
      schema: {
        tags,
        summary: "Make a key; signed in only, a key makes no keys",
        body: newKeyBody,
        response: { 201: newKey },
      },
    },
    (request, reply) => {
      const { userId = principalOf(request).id, ...wanted } = request.body
      return runRequest(kit, request, reply, 201, (act) => createKey(act, { ...wanted, userId }))
    },
  )

  keyByIdRoutes(app, kit)
}

function keyByIdRoutes(app: Server, kit: PeopleKit) {
  app.get(
    `${path}/:id`,
    {
      config: { access: manageKeys },
      schema: { tags, summary: "One API key, without the key itself", params: idParam, response: { 200: apiKey } },
    },
    async (request) => {
      const found = await keyById(kit.db.kysely, request.params.id)
      if (!found) throw notFound("key")
      return found
    },
  )

  app.patch(
    `${path}/:id`,
    {
      config: { access: manageKeys },
      schema: { tags, summary: "Rename a key", params: idParam, body: changeKeyBody, response: { 200: apiKey } },
    },
    (request) => adminTransaction(kit, request, (act) => changeKey(act, request.params.id, request.body)),
  )

  app.delete(
    `${path}/:id`,
    {
      config: { access: manageKeys },
      schema: { tags, summary: "Revoke a key", params: idParam, response: { 204: noContent } },
    },
    async (request, reply) => {
      await adminTransaction(kit, request, (act) => revokeKey(act, request.params.id))
      return reply.code(204).send()
    },
  )
}
