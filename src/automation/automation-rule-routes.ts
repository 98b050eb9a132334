import { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { changeRuleBody, previewAnswer, previewBody, rule, type Rule, ruleBody, rulesQuery } from "./api-contract.ts"
import { existingRule, listRules, type StoredRule } from "./automation-rule-store.ts"
import { changeRule, createRule, deleteRule } from "./change-automation-rules.ts"
import { previewRule } from "./preview-rule.ts"
import { withActivity } from "./rule-activity.ts"

const path = "/api/v1/automation-rules"
const params = z.object({ id: z.string().regex(/^\w{1,60}$/, "is not an id") })
const readable = { access: can.seeRules }
const config = { access: can.manageRules }
const tags = ["Automation"]

export function automationRoutes(app: Server, kit: Kit) {
  const one = { params, response: { 200: rule } }
  const all = { querystring: rulesQuery, response: { 200: pageSchema(rule) } }
  app.get(
    path,
    { config: readable, schema: { tags, summary: "Rules in the order in which they are asked", ...all } },
    async (request) => {
      const { items, ...page } = await listRules(kit.db.kysely, request.query)
      return { ...page, items: await withActivity(kit.db.kysely, items, kit.now()) }
    },
  )
  app.get(`${path}/:id`, { config: readable, schema: { tags, summary: "One rule", ...one } }, async (request) => {
    const found = await existingRule(kit.db.kysely, request.params.id)
    return (await withActivity(kit.db.kysely, [found], kit.now()))[0]!
  })
  app.post(
    path,
    { config, schema: { tags, summary: "Make a rule", body: ruleBody, response: { 201: rule } } },
    (request, reply) => runRequest(kit, request, reply, 201, (act) => shown(act, createRule(act, request.body))),
  )
  app.patch(
    `${path}/:id`,
    { config, schema: { tags, summary: "Change a rule", ...one, body: changeRuleBody } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, (act) => shown(act, changeRule(act, request.params.id, request.body))),
  )
  app.delete(
    `${path}/:id`,
    { config, schema: { tags, summary: "Remove a rule; what it did stays on record", params } },
    (request, reply) => runRequest(kit, request, reply, 204, (act) => deleteRule(act, request.params.id)),
  )
  const preview = { body: previewBody, response: { 200: previewAnswer } }
  app.post(
    `${path}/preview`,
    { config, schema: { tags, summary: "For which tickets of the last week a rule would have acted", ...preview } },
    (request) => previewRule(kit, request.body),
  )
}

async function shown(act: Act, changed: Promise<StoredRule>): Promise<Rule> {
  return (await withActivity(act.tx, [await changed], act.now))[0]!
}
