// A desk for incidents: an executor that reports, and the admin API as a machine calls it.
import assert from "node:assert/strict"
import { createLog } from "#kernel/log.ts"
import { adminRoutes, cronRoutes, incidentRoutes } from "#incidents/index.ts"
import type { IncidentTicket } from "#incidents/api-contract.ts"
import { type Client, type Desk, member, openDesk } from "./test-desk.ts"

export const secret = "cron-secret-for-tests"

/** A ticket as JSON carries it. */
export type IncidentCall = Omit<IncidentTicket, "createdAt" | "updatedAt" | "resolvedAt" | "timeline"> & {
  createdAt: string
  updatedAt: string
  resolvedAt?: string
  timeline: { timestamp: string; action: string; actor: string; details: Record<string, unknown> }[]
}
type Stats = { total: number; openCount: number; byStatus: Record<string, number>; avgResolutionTimeMs?: number }
type Body = {
  ticket: IncidentCall
  tickets: IncidentCall[]
  count: number
  stats: Stats
  error?: string
  details?: string[]
  message?: string
}
export type ReportOutcome = { ticket: IncidentCall | null; created: boolean; because: string; code: string }

export async function openIncidentDesk(log = createLog("silent")) {
  const desk = await openDesk(
    (app, it) => {
      incidentRoutes(app, it)
      adminRoutes(app, it, secret)
      cronRoutes(app, it, secret)
    },
    "http://hilo.test",
    log,
  )
  const executor = await member(desk, { email: "bot@example.com", name: "Bot", role: "admin" })
  return { desk, executor, ...callsOf(desk, executor) }
}

export function callsOf(desk: Desk, executor: Client) {
  let made = 0
  const action = (more: object = {}) => ({
    actionId: `act_${++made}`,
    guia: `GUIA-${made}`,
    type: "SEND_WHATSAPP",
    status: "FAILED",
    httpCode: 400,
    errorCode: 131026,
    at: desk.now().toISOString(),
    ...more,
  })
  const report = async (body: unknown): Promise<ReportOutcome> => {
    const answer = await executor.call("POST", "/incidents/actions", body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body as ReportOutcome
  }
  const admin = async (method: string, path = "", body?: unknown, authorization = `Bearer ${secret}`) => {
    const answer = await desk.app.inject({
      method: method as "GET",
      url: `/api/admin/tickets${path}`,
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { payload: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    return { status: answer.statusCode, body: (answer.body ? answer.json() : {}) as Body, headers: answer.headers }
  }
  const cron = async () => {
    const answer = await desk.app.inject({
      method: "POST",
      url: "/api/cron/stuck-shipments",
      headers: { authorization: `Bearer ${secret}` },
    })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json<{ checked: number; created: string[] }>()
  }
  let moved = 0
  const move = async (guia: string, estatus: string, at: Date, more: object = {}) => {
    const body = { eventId: `ev_${++moved}`, guia, transportadora: "TCC", estatus, at: at.toISOString(), ...more }
    const answer = await executor.call("POST", "/incidents/movements", body)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const fail = (more: object = {}) => report(action(more))
  return {
    action,
    report,
    fail,
    cron,
    move,
    contact: (guia: string, at: Date, more: object = {}) =>
      report(action({ guia, status: "SUCCESS", httpCode: 200, errorCode: null, at: at.toISOString(), ...more })),
    admin,
    opened: async (more: object = {}) => (await fail(more)).ticket!.ticketId,
    one: async (id: string) => (await admin("GET", `/${id}`)).body.ticket,
    patch: (id: string, body: unknown) => admin("PATCH", `/${id}`, body),
  }
}
