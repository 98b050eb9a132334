// How a mailbox is: what was read and sent, what waits, what fails since when, and what somebody does about it.
import { z } from "zod"
import { invalidField } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { existingConnection } from "#connections/index.ts"
import { can, principalOf } from "#people/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { type MailboxHealth, mailboxHealth } from "../api-contract.ts"
import { type MailboxStatus, mailboxStatuses } from "../mailbox-status-store.ts"
import { troubleInWords } from "../trouble-in-words.ts"

export function mailboxHealthRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/connections/:id/health",
    {
      config: { access: can.manageConnections },
      schema: {
        tags: ["Connections"],
        summary: "How a mailbox is: when it was read, what waits, what fails",
        params: z.object({ id: z.string().max(100) }),
        response: { 200: mailboxHealth },
      },
    },
    async (request) => {
      const connection = await existingConnection(kit.db.kysely, request.params.id)
      if (connection.kind !== "email") throw invalidField("id", "is not a mailbox")
      const [status] = await mailboxStatuses(kit.db.pool, connection.id)
      return healthOf(status!, principalOf(request).language)
    },
  )
}

function healthOf(status: MailboxStatus, language: Language): MailboxHealth {
  const { failure, failingSince, nextTryAt, breaker, isOn: _, id: _id, name: _name, ...facts } = status
  return {
    ...facts,
    state: stateOf(status),
    login: { state: loginOf(status) },
    failure:
      failure === null
        ? null
        : { code: failure, since: failingSince!, nextTryAt: nextTryAt!, ...troubleInWords(language, "imap", failure) },
    breaker: breaker && {
      since: breaker.since,
      reason: breaker.reason,
      ...troubleInWords(language, "smtp", breaker.reason),
    },
  }
}

function stateOf({ isOn, lastCheckAt, failure }: MailboxStatus): MailboxHealth["state"] {
  if (!isOn) return "off"
  if (failure !== null) return "failing"
  return lastCheckAt === null ? "starting" : "good"
}

const refusals = new Set(["login", "reconnect", "oauth_app", "mail_login", "mail_reconnect", "mail_oauth_app"])

function loginOf({ failure, breaker, lastCheckAt }: MailboxStatus): MailboxHealth["login"]["state"] {
  if (refusals.has(failure ?? "") || refusals.has(breaker?.reason ?? "")) return "refused"
  return lastCheckAt === null ? "unknown" : "good"
}
