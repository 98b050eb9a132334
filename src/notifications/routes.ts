import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { notificationsAnswer, notificationsQuery, readAnswer, readBody } from "./api-contract.ts"
import { markRead, notificationsOf } from "./notification-store.ts"

const tags = ["Notifications"]
const path = "/api/v1/notifications"

export function notificationRoutes(app: Server, kit: Kit) {
  const staff = { access: can.beStaff }
  app.get(
    path,
    {
      config: staff,
      schema: {
        tags,
        summary: "What you should know of, newest first",
        querystring: notificationsQuery,
        response: { 200: notificationsAnswer },
      },
    },
    (request) => notificationsOf(kit.db, principalOf(request), request.query),
  )
  app.post(
    `${path}/read`,
    { config: staff, schema: { tags, summary: "You have seen these", body: readBody, response: { 200: readAnswer } } },
    (request, reply) =>
      runRequest(kit, request, reply, 200, async (act) => {
        return { unread: await markRead(act, principalOf(request).id, request.body.ids ?? null) }
      }),
  )
}
