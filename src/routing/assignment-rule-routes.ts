import { z } from "zod"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { changeRuleBody, matchesAnswer, matchesBody, rule, ruleBody, rulesQuery } from "./api-contract.ts"
import { existingRule, listRules } from "./assignment-rule-store.ts"
import { matchesOf } from "./rule-matches-among-past-tickets.ts"
import { changeRule, createRule, deleteRule } from "./change-assignment-rules.ts"

const path = "/api/v1/assignment-rules"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const readable = { access: can.seeRules }
const config = { access: can.manageRules }
const tags = ["Assignment"]

export function routingRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: rule } }
  app.get(
    path,
    {
      config: readable,
      schema: {
        tags,
        summary: "Rules in the order in which they are asked",
        querystring: rulesQuery,
        response: { 200: pageSchema(rule) },
      },
    },
    (request) => listRules(kit.db.kysely, request.query),
  )
  app.get(`${path}/:id`, { config: readable, schema: { tags, summary: "One rule", ...one } }, (request) =>
    existingRule(kit.db.kysely, request.params.id),
  )
  app.post(
    path,
    { config, schema: { tags, summary: "Make a rule", body: ruleBody, response: { 201: rule } } },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => createRule(act, request.body)),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a rule", ...one, body: changeRuleBody } },
    (request, reply) => runRequest(kit, request, reply, 200, (act) => changeRule(act, request.params.id, request.body)),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a rule; what it decided stays on record", params } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteRule(act, request.params.id)),
  )
  lookingRoutes(app, kit)
}

/** What a rule would do, before it does anything. */
function lookingRoutes(app: Server, kit: Kit) {
  app.post(
    `${path}/matches`,
    {
      config,
      schema: {
        tags,
        summary: "Which of the newest tickets conditions hold for",
        body: matchesBody,
        response: { 200: matchesAnswer },
      },
    },
    (request) => matchesOf(kit.db, request.body.conditions),
  )
}
