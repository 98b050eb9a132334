import { broadcast } from "#kernel/database/broadcast.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import {
  notificationPreferences,
  notificationsAnswer,
  notificationsQuery,
  preferencesChange,
  readAnswer,
  readBody,
} from "./api-contract.ts"
import { markRead, notificationsOf } from "./notification-store.ts"
import { preferencesOf, savePreferences } from "./preference-store.ts"

const tags = ["Notifications"]
const path = "/api/v1/notifications"
const preferencesPath = "/api/v1/me/notification-preferences"
const staff = { access: can.beStaff }

export function notificationRoutes(app: Server, kit: Kit) {
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
    async (request, reply) => {
      const { id } = principalOf(request)
      const { unread, read } = await runRequest(kit, request, reply, 200, (act) => markRead(act, id, request.body))
      // The other tabs and devices of its reader fetch the list anew.
      if (read !== null) broadcast(kit.db, { notified: [[id, read]] })
      return { unread }
    },
  )
  preferenceRoutes(app, kit)
}

function preferenceRoutes(app: Server, kit: Kit) {
  const response = { 200: notificationPreferences }
  const preferencesOfReader = async (userId: string) => (await preferencesOf(kit.db, userId)).preferences
  app.get(
    preferencesPath,
    { config: staff, schema: { tags, summary: "What you are notified of, how, and when not", response } },
    (request) => preferencesOfReader(principalOf(request).id),
  )
  app.patch(
    preferencesPath,
    {
      config: staff,
      schema: {
        tags,
        summary: "Change some kinds, or your quiet hours; what is left out stays",
        body: preferencesChange,
        response,
      },
    },
    async (request, reply) => {
      const { id } = principalOf(request)
      await runRequest(kit, request, reply, 200, async (act) => {
        await savePreferences(act, id, request.body)
        return null
      })
      return preferencesOfReader(id)
    },
  )
}
