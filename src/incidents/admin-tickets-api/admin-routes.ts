// /api/admin/tickets: the API of the source document, in its own shapes.
import type { FastifyReply, FastifyRequest } from "fastify"
import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { readListing, readPatch } from "./parse-admin-request.ts"
import { cronActor, requireCronSecret } from "#kernel/http/cron-secret.ts"
import { statsOf } from "./incident-stats.ts"
import { pageOfIncidents } from "./list-and-counts.ts"
import { InvalidPatch, updateIncident } from "./apply-patch-request-to-incident.ts"
import { incidentViews } from "../incident-view.ts"

const path = "/api/admin/tickets"
const schema = { hide: true }

export function adminRoutes(app: Server, kit: Kit, cronSecret: string | undefined) {
  const adminOptions = {
    config: { access: "public" } as const,
    schema,
    onRequest: requireCronSecret(cronSecret),
    errorHandler: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      inItsOwnShape(error, request, reply),
  }
  const timestamp = () => kit.now().toISOString()
  app.get(path, adminOptions, async (request) => {
    const { limit, offset, ...filter } = readListing(request.query as Record<string, unknown>)
    const [stats, ids] = await Promise.all([statsOf(kit.db), pageOfIncidents(kit.db, filter, limit, offset)])
    const views = await incidentViews(kit.db.kysely, ids)
    const tickets = ids.flatMap((id) => views.get(id) ?? [])
    return { timestamp: timestamp(), stats, count: tickets.length, tickets }
  })
  app.get(`${path}/:ticketId`, adminOptions, async (request) => ({
    timestamp: timestamp(),
    ticket: await oneOf(kit, request),
  }))
  app.patch(`${path}/:ticketId`, adminOptions, async (request) => {
    const patch = readPatch(request.body)
    const { ticketId } = await oneOf(kit, request)
    await inTransaction(kit.db, { actor: cronActor, now: kit.now() }, (act) => updateIncident(act, ticketId, patch))
    return { timestamp: timestamp(), message: "Ticket updated", ticket: await oneOf(kit, request) }
  })
  app.route({
    method: ["POST", "PUT", "DELETE"],
    url: path,
    ...adminOptions,
    handler: (_request, reply) => refuseMethod(reply, "GET"),
  })
  app.route({
    method: ["POST", "PUT", "DELETE"],
    url: `${path}/:ticketId`,
    ...adminOptions,
    handler: (_request, reply) => refuseMethod(reply, "GET, PATCH"),
  })
  app.patch(path, adminOptions, (_request, reply) => refuseMethod(reply, "GET"))
}

const refuseMethod = (reply: FastifyReply, allowed: string) =>
  reply.code(405).header("allow", allowed).send({ error: "Method not allowed" })

async function oneOf(kit: Kit, request: FastifyRequest) {
  const { ticketId } = request.params as { ticketId: string }
  const found = ticketId.includes("\0") ? undefined : (await incidentViews(kit.db.kysely, [ticketId])).get(ticketId)
  if (!found) throw new Refusal("not_found", "not_found", "Ticket not found")
  return found
}

function inItsOwnShape(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  reply.header("cache-control", "no-store")
  if (error instanceof InvalidPatch) return reply.code(400).send({ error: "Validation failed", details: error.details })
  if (error instanceof Refusal && error.kind === "not_found") return reply.code(404).send({ error: "Ticket not found" })
  if (error instanceof Refusal && error.kind === "conflict") {
    return reply.code(409).send({ error: "Conflict", details: [error.message] })
  }
  const { statusCode } = error as { statusCode?: number }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return reply.code(400).send({ error: "Validation failed", details: ["body: must be JSON"] })
  }
  request.log.error({ err: error }, "request failed")
  return reply.code(500).send({ error: "Internal server error" })
}
