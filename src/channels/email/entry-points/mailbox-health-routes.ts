// How a mailbox is: what was read, what waits, what failed and since when. Ids, times and codes; the words are the screen's.
import { sql } from "kysely"
import { z } from "zod"
import { invalidField } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { existingConnection } from "#connections/index.ts"
import { can } from "#people/index.ts"

const instant = z.date().nullable()

const mailboxHealth = z
  .object({
    /** `failing`: the last look at it failed. */
    state: z.enum(["off", "starting", "good", "failing"]),
    lastCheckAt: instant,
    lastMailAt: instant,
    /** Mails that were fetched and are not received yet; and those that people have to look at. */
    waiting: z.number(),
    quarantined: z.number(),
    /** `code`: login, throttled, folder, encryption, unreachable, protocol. */
    failure: z.object({ code: z.string(), since: z.date(), nextTryAt: z.date() }).nullable(),
    lastSentAt: instant,
    queued: z.number(),
    breaker: z.object({ since: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: "MailboxHealth" })

type MailboxHealth = z.output<typeof mailboxHealth>

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
      const { failure, failingSince, nextTryAt, ...facts } = await readFacts(kit, connection.id)
      const { since = "", reason = "" } = connection.health.breaker ?? {}
      return {
        ...facts,
        state: stateOf(connection.enabled, facts.lastCheckAt, failure),
        failure: failure === null ? null : { code: failure, since: failingSince!, nextTryAt: nextTryAt! },
        breaker: since === "" ? null : { since, reason },
      }
    },
  )
}

function stateOf(isOn: boolean, lastCheckAt: Date | null, failure: string | null): MailboxHealth["state"] {
  if (!isOn) return "off"
  if (failure !== null) return "failing"
  return lastCheckAt === null ? "starting" : "good"
}

type Facts = Pick<MailboxHealth, "lastCheckAt" | "lastMailAt" | "waiting" | "quarantined" | "lastSentAt" | "queued">
type Row = Facts & { failure: string | null; failingSince: Date | null; nextTryAt: Date | null }

async function readFacts({ db }: Kit, id: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select m.checked_at as last_check_at, m.failure, m.failing_since, nullif(m.next_try_at, '-infinity') as next_try_at,
      (select max(received_at) from webhook_deliveries where connection_id = ${id}) as last_mail_at,
      (select count(*)::int from webhook_deliveries where connection_id = ${id} and state <> 'done') as waiting,
      (select count(*)::int from failed_deliveries where connection_id = ${id} and replayed_at is null) as quarantined,
      (select max(claimed_at) from sends where connection_id = ${id} and state = 'sent') as last_sent_at,
      (select count(*)::int from sends where connection_id = ${id} and state in ('queued', 'sending')) as queued
    from (select 1) one left join mailboxes m on m.connection_id = ${id}`.execute(db.kysely)
  return rows[0]!
}
