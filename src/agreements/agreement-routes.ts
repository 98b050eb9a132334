import { z } from "zod"
import { runRequest, runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import { pageQuery, pageSchema } from "#kernel/http/pagination.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { can, principalOf } from "#people/index.ts"
import { closeByHand, reopenByHand } from "./agree-by-hand.ts"
import {
  countOpenAgreements,
  listAgreements,
  listUnmatchedClosures,
  showAgreement,
  showAgreementIn,
} from "./agreement-views.ts"
import { summariseAgreements } from "./agreement-summary.ts"
import {
  agreement,
  agreementCounts,
  agreementsQuery,
  agreementSummary,
  reasonBody,
  summaryQuery,
  unmatchedClosure,
} from "./api-contract.ts"

const path = "/api/v1/agreements"
const params = z.object({ id: z.string().max(100) })
const tags = ["Agreements"]
const readable = { access: can.beStaff }
const byHand = { access: can.settleAgreements }

export function agreementBoardRoutes(app: Server, kit: Kit) {
  const all = { querystring: agreementsQuery, response: { 200: pageSchema(agreement) } }
  const summary = "Problems that two outside systems are to agree on, of tickets that you may see"
  app.get(path, { config: readable, schema: { tags, summary, ...all } }, (request) =>
    listAgreements(kit.db, principalOf(request), request.query),
  )
  const counted = { response: { 200: agreementCounts } }
  app.get(
    `${path}/counts`,
    { config: readable, schema: { tags, summary: "How many are open, by state and company", ...counted } },
    (request) => countOpenAgreements(kit.db, principalOf(request)),
  )
  const unmatched = { querystring: z.strictObject(pageQuery), response: { 200: pageSchema(unmatchedClosure) } }
  app.get(
    `${path}/unmatched-closures`,
    { config: byHand, schema: { tags, summary: "Closures that match no agreement, or several", ...unmatched } },
    (request) => listUnmatchedClosures(kit.db, request.query),
  )
  const summed = { querystring: summaryQuery, response: { 200: agreementSummary } }
  app.get(
    `${path}/summary`,
    { config: byHand, schema: { tags, summary: "How often, whose, why, and how long until both agreed", ...summed } },
    (request) => summariseAgreements(kit.db, principalOf(request), request.query),
  )
  const one = { params, response: { 200: agreement } }
  app.get(
    `${path}/:id`,
    { config: readable, schema: { tags, summary: "One, with its evidence, also by its ticket", ...one } },
    (request) => showAgreement(kit.db, principalOf(request), request.params.id),
  )
  const deed = { ...one, body: reasonBody }
  app.post(
    `${path}/:id/close`,
    { config: byHand, schema: { tags, summary: "Say that both systems agree, and close the ticket", ...deed } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        const who = principalOf(request)
        await closeByHand(act, who, request.params.id, request.body.reason)
        return showAgreementIn(act, who, request.params.id)
      }),
  )
  app.post(
    `${path}/:id/reopen`,
    { config: byHand, schema: { tags, summary: "Reopen the ticket in the work system now", ...deed } },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 200, async () => {
        const who = principalOf(request)
        await reopenByHand(kit, who, request.params.id, request.body.reason)
        return showAgreement(kit.db, who, request.params.id)
      }),
  )
}
