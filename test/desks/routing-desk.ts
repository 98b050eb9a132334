// A desk on which tickets are given out: a team, people who are there, and the router run by hand until it has nothing left.
import { createLog } from "#kernel/log.ts"
import { newId } from "#kernel/ids.ts"
import { contactRoutes } from "#contacts/index.ts"
import { sequenceAll } from "#event-log/index.ts"
import { peopleRoutes, can } from "#people/index.ts"
import { assignmentRulesSimulation, assignQueued, routingRoutes, ruleNamesOf } from "#routing/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { simulationRoutes } from "#simulations/index.ts"
import { ticketRoutes } from "#tickets/index.ts"
import { openSupportTicket, type NewSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { acting, type Client, type Desk, member, openDesk } from "./test-desk.ts"

export const log = createLog("silent")

export async function openRoutingDesk() {
  const desk = await openDesk((app, kit) => {
    peopleRoutes(app, { ...kit, authentication: kit.authentication, publicUrl: kit.publicUrl })
    settingsRoutes(app, kit, can.manageSettings)
    contactRoutes(app, kit)
    ticketRoutes(app, kit, { names: ruleNamesOf })
    routingRoutes(app, kit)
    simulationRoutes(app, kit, [assignmentRulesSimulation])
  })
  const admin = await member(desk, { email: `${newId("adm")}@example.com`, name: "Root", role: "admin" })
  return { ...desk, admin, ...around(desk, admin) }
}

function around(desk: Desk, admin: Client) {
  const made = async (path: string, body: object) => {
    const { status, body: answer } = await admin.call("POST", path, body)
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    return String(answer["id"])
  }
  return {
    made,
    team: (name: string, more: object = {}) => made("/teams", { name, ...more }),
    rule: (body: object) => made("/assignment-rules", { name: newId("rule"), ...body }),
    /** Somebody of the team who is there, unless `presence` says otherwise. */
    agent: async (
      name: string,
      teamIds: string[],
      more: { capacity?: number; presence?: string | null; role?: "lead" } = {},
    ) => {
      const { capacity, presence = "online", role = "agent" } = more
      const email = `${newId("agt")}@example.com`
      const who = await member(desk, { email, name, role, teamIds, ...(capacity !== undefined && { capacity }) })
      if (presence !== null) await who.call("PUT", "/me/presence", { status: presence })
      return { ...who, name }
    },
    opened: async (opening: Partial<NewSupportTicket> = {}) => {
      desk.clock.pass(1)
      return acting(desk, (act) =>
        openSupportTicket(act, { subject: "Ayuda", description: "", channel: "web", ...opening }),
      )
    },
    /** Runs the router until it has read the log to its present end and has nothing left to do. */
    routed: async () => {
      await sequenceAll(desk.db)
      while (await assignQueued(desk, log));
    },
    ticket: async (id: string) => (await admin.call("GET", `/tickets/${id}`)).body as unknown as RoutedTicket,
    assign: (who: Client, id: string, body: object, headers: object = {}) =>
      who.call("PUT", `/tickets/${id}/assignment`, body, headers),
    why: async (id: string) => ((await admin.call("GET", `/tickets/${id}/why`)).body as { items: Reason[] }).items,
  }
}

export type RoutedTicket = {
  id: string
  status: string
  version: number
  assignee: { id: string; name: string } | null
  team: { id: string; name: string } | null
}
export type Reason = {
  question: string
  answer: string
  code: string
  because: string
  inputs: Record<string, unknown>
  rejected: { candidate: string; because: string; code?: string }[]
}
