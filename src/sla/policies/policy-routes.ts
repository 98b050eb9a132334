import { z } from "zod"
import { runRequest, runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { noContent } from "#kernel/http/input-fields.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import type { Server } from "#kernel/http/server.ts"
import { can } from "#people/index.ts"
import { changePolicy, createPolicy, deletePolicy } from "./change-policies.ts"
import {
  changePolicyBody,
  heirQuery,
  matchesAnswer,
  matchesBody,
  policiesQuery,
  policy,
  policyBody,
} from "./api-contract.ts"
import { matchOpenTickets } from "./policy-matches-among-open-tickets.ts"
import { existingPolicy, listPolicies } from "./policy-store.ts"

const path = "/api/v1/sla-policies"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const see = { access: can.seeSlaPolicies }
const manage = { access: can.manageSlaPolicies }
const tags = ["SLA"]

export function policyRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: policy } }
  app.get(
    path,
    {
      config: see,
      schema: {
        tags,
        summary: "Policies in the order in which they are asked",
        querystring: policiesQuery,
        response: { 200: pageSchema(policy) },
      },
    },
    (request) => listPolicies(kit.db.kysely, request.query),
  )
  app.get(`${path}/:id`, { config: see, schema: { tags, summary: "One policy", ...one } }, (request) =>
    existingPolicy(kit.db.kysely, request.params.id),
  )
  app.post(
    path,
    { config: manage, schema: { tags, summary: "Make a policy", body: policyBody, response: { 201: policy } } },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => createPolicy(act, request.body)),
  )
  app.patch(
    `${path}/:id`,
    { config: manage, schema: { tags, summary: "Change a policy", ...one, body: changePolicyBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, (act) => changePolicy(act, request.params.id, request.body)),
  )
  app.delete(
    `${path}/:id`,
    {
      config: manage,
      schema: {
        tags,
        summary: "Remove a policy; its open tickets go to the heir",
        params,
        querystring: heirQuery,
        response: { 204: noContent },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 204, (act) => deletePolicy(act, request.params.id, request.query.heir)),
  )
  matchesRoute(app, kit)
}

function matchesRoute(app: Server, kit: Kit) {
  app.post(
    `${path}/matches`,
    {
      config: manage,
      schema: {
        tags,
        summary: "Which of the newest open tickets a policy would be for; saves nothing",
        body: matchesBody,
        response: { 200: matchesAnswer },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, () => matchOpenTickets(kit.db.kysely, request.body)),
  )
}
