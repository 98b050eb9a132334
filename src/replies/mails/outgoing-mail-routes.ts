import { z } from "zod"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import { retryOnUniqueViolation, runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { forwardBody, givenAddress, message } from "#messages/index.ts"
import { can, principalOf } from "#people/index.ts"
import { lockMergeTarget, ticket } from "#tickets/index.ts"
import { follower, followers, requesterBody } from "../api-contract.ts"
import { addFollower, changeRequester, readFollowers, takeOutFollower } from "./followers-and-requester.ts"
import { forwardMails } from "./forward-mails.ts"
import { undoMessage } from "./undo-message.ts"

const ref = z.string().max(100)
const params = z.object({ ref })
const oneParams = z.object({ ref, id: z.string().max(100) })
const path = "/api/v1/tickets/:ref"
const config = { access: can.beStaff }

export function outgoingMailRoutes(app: Server, kit: Kit) {
  const tags = ["Messages"]
  app.get(
    `${path}/followers`,
    { config, schema: { tags, summary: "Who follows a ticket of mails", params, response: { 200: followers } } },
    (request) => readFollowers(kit, principalOf(request), request.params.ref),
  )
  app.post(
    `${path}/followers`,
    {
      config,
      schema: {
        tags,
        summary: "Have answers go to somebody else too",
        params,
        body: givenAddress,
        response: { 201: follower },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 201, async (act) =>
        addFollower(act, await lockMergeTarget(act, principalOf(request), request.params.ref), request.body),
      ),
  )
  app.delete(
    `${path}/followers/:id`,
    {
      config,
      schema: {
        tags,
        summary: "Have no more answers go to a follower",
        params: oneParams,
        response: { 204: noContent },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 204, async (act) =>
        takeOutFollower(act, await lockMergeTarget(act, principalOf(request), request.params.ref), request.params.id),
      ),
  )
  app.put(
    `${path}/requester`,
    {
      config,
      schema: { tags, summary: "Say whose ticket it is", params, body: requesterBody, response: { 200: ticket } },
    },
    (request, reply) =>
      retryOnUniqueViolation(() =>
        runRequest(kit, request, reply, 200, (act) =>
          changeRequester(act, principalOf(request), request.params.ref, request.body),
        ),
      ),
  )
  undoRoute(app, kit)
  forwardRoute(app, kit)
}

function forwardRoute(app: Server, kit: Kit) {
  app.post(
    `${path}/forward`,
    {
      config: { ...config, quota: "message" },
      schema: {
        tags: ["Messages"],
        summary: "Forward a mail, or all that was said with the customer, to somebody else",
        params,
        body: forwardBody,
        response: { 201: message },
      },
    },
    (request, reply) =>
      retryOnUniqueViolation(() =>
        runRequest(kit, request, reply, 201, (act) =>
          forwardMails(act, principalOf(request), request.params.ref, request.body),
        ),
      ),
  )
}

function undoRoute(app: Server, kit: Kit) {
  app.post(
    `${path}/messages/:id/undo`,
    {
      config,
      schema: {
        tags: ["Messages"],
        summary: "Take a message back that has not left",
        params: oneParams,
        body: noFields,
        response: { 200: message },
      },
    },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) =>
        undoMessage(act, await lockMergeTarget(act, principalOf(request), request.params.ref), request.params.id),
      ),
  )
}
