import { z } from "zod"
import { retryOnUniqueViolation, runRequest } from "#kernel/http/idempotent-request.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { countLookUps } from "#contacts/index.ts"
import { message, renderMarkdown } from "#messages/index.ts"
import { can, principalOf } from "#people/index.ts"
import { clientKeyOf } from "../client-key-of-browser.ts"
import { startBody, startConnection, startConnectionsQuery } from "./api-contract.ts"
import { connectionsForAddresses, connectionsForContact } from "./connections-to-start-on.ts"
import { startConversation } from "./with-contact.ts"

const path = "/api/v1/conversations"
const tags = ["Messages"]

export function startConversationRoutes(app: Server, kit: Kit) {
  app.get(
    `${path}/connections`,
    {
      config: { access: can.beStaff },
      schema: {
        tags,
        summary: "On which connections a conversation with somebody can be begun now",
        querystring: startConnectionsQuery,
        response: { 200: z.object({ items: z.array(startConnection) }) },
      },
    },
    async (request) => {
      const { contactId, reach = [] } = request.query
      const items =
        contactId === undefined
          ? await connectionsForAddresses(kit, reach)
          : await connectionsForContact(kit, principalOf(request), contactId)
      return { items }
    },
  )
  app.post(
    path,
    {
      config: { access: can.beStaff, quota: "message" },
      schema: {
        tags,
        summary: "Begin a conversation with one person; 409 thread_busy names the active one that there is",
        body: startBody,
        response: { 201: message },
      },
    },
    async (request, reply) => {
      const who = principalOf(request)
      const { contact, content = "" } = request.body
      await countLookUps(
        kit,
        who,
        (["email", "phone"] as const).flatMap((kind) => (contact?.[kind] ? [{ kind, value: contact[kind] }] : [])),
      )
      // What is dear is done before anything is locked.
      renderMarkdown(content)
      const starting = { ...request.body, clientKey: clientKeyOf(request, who) }
      return retryOnUniqueViolation(() =>
        runRequest(kit, request, reply, 201, (act) => startConversation(act, who, starting)),
      )
    },
  )
}
