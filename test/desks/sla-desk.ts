// A desk with deadlines: policies, a team with a lead, and what follows from the log run by hand until nothing is left.
import assert from "node:assert/strict"
import { calendarRoutes } from "#calendars/index.ts"
import { connectionRoutes, connectionsWithCalendar } from "#connections/index.ts"
import { contactRoutes } from "#contacts/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { newId } from "#kernel/ids.ts"
import { can } from "#people/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { followDeadlines, policiesWithCalendar, policyNamesOf, slaRoutes } from "#sla/index.ts"
import { lockTicket, receiveOnTicket, reopenForCustomer, ticketRoutes } from "#tickets/index.ts"
import { openSupportTicket, type NewSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { castOf } from "../desk-users.ts"
import { acting, type Client, type Desk, openDesk } from "./test-desk.ts"

export type ShownSla = {
  policyId: string
  state: string
  pausedAt: string | null
  breachedAt: string | null
  targets: ({ metric: string; state: string; minutesRemaining: number; percentRemaining: number } & Record<
    "dueAt" | "closesAt" | "opensAt",
    string | null
  >)[]
} | null

export type AlarmEvent = { kind: string; at: Date; data: Record<string, unknown> }

export async function openSlaDesk() {
  const desk = await openDesk((app, kit) => {
    contactRoutes(app, kit)
    connectionRoutes(app, kit)
    ticketRoutes(app, kit, { names: policyNamesOf })
    replyRoutes(app, kit)
    slaRoutes(app, kit)
    const findUses = [connectionsWithCalendar, policiesWithCalendar]
    calendarRoutes(app, kit, { see: can.beStaff, manage: can.manageCalendars, findUses })
  })
  const cast = await castOf(desk)
  const { root } = cast
  const identities = [{ kind: "email", value: "eva@example.com" }]
  const { body: eva } = await root.call("POST", "/contacts", { name: "Eva", identities })
  const rows = async <Row = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
    (await desk.db.pool.query(sql, values)).rows as Row[]
  const followed = async () => {
    await sequenceAll(desk.db)
    while (await followDeadlines(desk)) await sequenceAll(desk.db)
  }
  const done = async (answer: ReturnType<Client["call"]>) => {
    const { status, body } = await answer
    assert.ok(status < 300, JSON.stringify(body))
    return body
  }
  return {
    desk,
    ...cast,
    rows,
    followed,
    done,
    ...deadlinesOf({ desk, root, rows, followed, done }, String(eva["id"])),
  }
}

type Parts = {
  desk: Desk
  root: Client
  rows: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>
  followed: () => Promise<void>
  done: (answer: ReturnType<Client["call"]>) => Promise<Record<string, unknown>>
}

function deadlinesOf({ desk, root, rows, followed, done }: Parts, contactId: string) {
  const targets = { firstResponse: { medium: 60 }, nextResponse: { medium: 30 }, resolution: { medium: 240 } }
  return {
    /** The default one, unless `more` says otherwise. */
    policy: async (more: object = {}) => {
      const fields = { name: newId("policy"), isDefault: true, targets, ...more }
      return String((await done(root.call("POST", "/sla-policies", fields)))["id"])
    },
    /** A ticket of Eva, whom an answer reaches. */
    opened: (opening: Partial<NewSupportTicket> = {}) => {
      const ofEva = { subject: "Ayuda", description: "", channel: "web", contactId } as const
      return acting(desk, (act) => openSupportTicket(act, { ...ofEva, ...opening }))
    },
    /** The customer writes on their ticket, as with an account of theirs. */
    fromEva: (id: string) =>
      acting(desk, async (act) => {
        const ofEva = { ...act, actor: { kind: "contact", id: contactId } }
        const place = await reopenForCustomer(ofEva, await lockTicket(act, id))
        return receiveOnTicket(ofEva, place, { content: "¿Y bien?" })
      }),
    /** Minutes go by, and all that is due in them happens. */
    pass: async (minutes: number) => {
      await followed()
      desk.clock.pass(minutes * 60_000)
      await followed()
    },
    sla: async (id: string) => (await done(root.call("GET", `/tickets/${id}`)))["sla"] as ShownSla,
    alarms: (id: string) =>
      rows<AlarmEvent>(
        `select kind, at, data from events where ticket_id = $1
          and kind in ('ticket.sla_warned', 'ticket.sla_breached', 'ticket.escalated') order by id`,
        [id],
      ),
    setStatus: (id: string, status: string, who: Client = root) =>
      done(who.call("PUT", `/tickets/${id}/status`, { status })),
    answer: (id: string, who: Client = root) => done(who.call("POST", `/tickets/${id}/messages`, { content: "Hola" })),
  }
}
