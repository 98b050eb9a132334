// Every screen of web/, as its router knows them, and how a test comes to see each.
import { join } from "node:path"
import { createServer } from "vite"
import type { Page } from "playwright-core"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { es } from "#texts/es.ts"

export type Screen = {
  /** Where it is, when its path has gaps to fill. */
  at?: (ids: Ids) => string
  who?: "customer" | "nobody"
  /** What stands there once it is there. */
  shows: TextId | ((ids: Ids) => string)
}
export type Ids = Record<
  "linkedSystem" | "calendar" | "contact" | "ticket" | "own" | "incident" | "agreement" | "campaign" | "number",
  string
>

/** Leads elsewhere at once: there is nothing to look at. */
export const leadsOn = ["/settings/aside", "/incidents/words", "/"]

/** A page of its own, outside the router. */
export const ownPages = ["/my/enter"]

export const screens: Record<string, Screen> = {
  "/sign-in": { who: "nobody", shows: "signIn.title" },
  "/setup": { who: "nobody", at: () => "/setup#token=set_x", shows: "setup.title" },
  "/forgot": { who: "nobody", shows: "forgot.admin" },
  "/password": { who: "nobody", at: () => "/password#token=pwl_x", shows: "password.go" },
  "/my/enter": { who: "nobody", at: () => "/my/enter#token=lnk_x", shows: "portal.signIn" },
  "/my": { who: "customer", shows: "portal.title" },
  "/my/new": { who: "customer", shows: "portal.description" },
  "/my/profile": { who: "customer", shows: "portal.profile" },
  "/my/$ref": { who: "customer", at: ({ own }) => `/my/${own}`, shows: "portal.reply" },
  "/inbox": { shows: "view.open" },
  "/tickets/$ref": { at: ({ ticket }) => `/tickets/${ticket}?view=all`, shows: ({ ticket }) => ticket },
  "/contacts": { shows: "contact.find" },
  "/contacts/$id": { at: ({ contact }) => `/contacts/${contact}`, shows: "contact.openTickets" },
  "/incidents": { shows: "nav.incidents" },
  "/incidents/import": { shows: "incident.movements" },
  "/incidents/status-mapping": { shows: "incident.statusMapping" },
  "/incidents/$ref": { at: ({ incident }) => `/incidents/${incident}`, shows: ({ incident }) => incident },
  "/agreements": { shows: "agreement.state.escalated" },
  "/agreements/report": { shows: "agreementReport.byOperator" },
  "/agreements/unmatched-closures": { shows: "unmatchedClosures.unknown" },
  "/agreements/$id": { at: ({ agreement }) => `/agreements/${agreement}`, shows: "agreement.evidence" },
  "/campaigns": { shows: "campaigns.new" },
  "/campaigns/new": { shows: "campaigns.newText" },
  "/campaigns/$id": { at: ({ campaign }) => `/campaigns/${campaign}`, shows: "campaigns.recipients" },
  "/settings": { shows: "settings.profile" },
  "/settings/profile": { shows: "profile.timezone" },
  "/settings/desk": { shows: "desk.visibility" },
  "/settings/closing-and-survey": { shows: "closingAndSurvey.intro" },
  "/settings/connections": { shows: "connections.new" },
  "/settings/connections/$id": { at: ({ number }) => `/settings/connections/${number}`, shows: "whatsapp.webhook" },
  "/settings/staff": { shows: "staff.new" },
  "/settings/teams": { shows: "teams.new" },
  "/settings/calendars": { shows: "calendars.new" },
  "/settings/calendars/$id": { at: ({ calendar }) => `/settings/calendars/${calendar}`, shows: "calendars.next" },
  "/settings/sla-policies": { shows: "policies.new" },
  "/settings/keys": { shows: "keys.new" },
  "/settings/failed-deliveries": { shows: "settings.failed-deliveries" },
  "/settings/linked-systems": { shows: "linkedSystems.rulesText" },
  "/settings/linked-systems/$id": {
    at: ({ linkedSystem }) => `/settings/linked-systems/${linkedSystem}`,
    shows: "linkedSystems.hook.splynx",
  },
  "/settings/failed-hooks": { shows: "failedHooks.intro" },
  "/settings/replies": { shows: "replies.new" },
  "/settings/macros": { shows: "macros.new" },
  "/settings/rules": { shows: "rules.new" },
  "/settings/automation": { shows: "automation.new" },
  "/settings/fields": { shows: "fields.new" },
  "/settings/categories": { shows: "categories.new" },
  "/settings/audit": { shows: "audit.intro" },
}

// By keyboard alone.
const create = (id: TextId) => async (page: Page) =>
  page.getByRole("button", { name: es[id], exact: true }).first().press("Enter")
const key = (press: string) => async (page: Page) => page.keyboard.press(press)
const fromMenu = (id: TextId) => async (page: Page) => {
  await create("action.more")(page)
  await page.getByRole("menuitem", { name: es[id] }).press("Enter")
}

/** From the menu of a row: the first whose button is called so. */
const fromRow = (button: RegExp, id: TextId) => async (page: Page) => {
  await page.getByRole("button", { name: button }).first().press("Enter")
  await page.getByRole("menuitem", { name: es[id], exact: true }).press("Enter")
}
/** The first button whose name begins so. */
const fromFirst = (id: TextId) => async (page: Page) =>
  page
    .getByRole("button", { name: new RegExp(`^${es[id]}: `) })
    .first()
    .press("Enter")
const ofRow = new RegExp(`^${es["action.more"]}: `)
const ofPerson = new RegExp(`^${es["staff.actions"].replace("{name}", "")}`)

/** Whatever opens above a screen: where, and by what keys. */
export const dialogs: Record<string, [path: string, open: (page: Page) => Promise<void>]> = {
  "a new ticket": ["/inbox", key("c")],
  "the list of keys": ["/inbox", key("?")],
  "the palette": ["/inbox", key("Control+k")],
  "many tickets": ["/inbox", key("x")],
  macros: ["/tickets/$ref", key("m")],
  agents: ["/tickets/$ref", key("a")],
  tags: ["/tickets/$ref", key("l")],
  statuses: ["/tickets/$ref", key("s")],
  priorities: ["/tickets/$ref", key("p")],
  "putting off": ["/tickets/$ref", key("z")],
  "another time": [
    "/tickets/$ref",
    async (page) => {
      await page.keyboard.press("z")
      await page.getByRole("menuitem", { name: es["snooze.date"] }).press("Enter")
    },
  ],
  "how it was solved": [
    "/tickets/$ref",
    async (page) => {
      await create("ticket.moreEnds")(page)
      const saying = new RegExp(`^(${es["ticket.resolveSaying"]}|${es["ticket.closeSaying"]})`)
      await page.getByRole("menuitem", { name: saying }).press("Enter")
    },
  ],
  "a view": ["/inbox", fromRow(new RegExp(`^${es["list.more"]}$`), "savedView.new")],
  "the filter": ["/inbox", create("filter.add")],
  "the order": ["/inbox", create("list.sort")],
  "a contact": ["/contacts", create("contact.new")],
  "merging contacts": [
    "/contacts/$id",
    async (page) => {
      await create("contact.more")(page)
      await page.getByRole("menuitem", { name: es["contact.merge"] }).press("Enter")
    },
  ],
  "a conversation": ["/contacts/$id", create("conversation.start")],
  merging: ["/tickets/$ref", fromMenu("merge.menu")],
  linking: ["/tickets/$ref", fromMenu("link.menu")],
  "a saved reply": ["/settings/replies", create("replies.new")],
  "a macro": ["/settings/macros", create("macros.new")],
  "an SLA policy": ["/settings/sla-policies", create("policies.new")],
  "a rule": ["/settings/rules", create("rules.new")],
  "an automation rule": ["/settings/automation", create("automation.new")],
  "a custom field": ["/settings/fields", create("fields.new")],
  "a category": ["/settings/categories", create("categories.new")],
  "changing a category": ["/settings/categories", fromRow(ofRow, "action.edit")],
  "removing a category": ["/settings/categories", fromRow(ofRow, "action.delete")],
  "a carrier's status": ["/incidents/status-mapping", create("incident.addStatus")],
  "a reason for closing": ["/agreements/$id", create("agreement.close")],
  "changing a person": ["/settings/staff", fromRow(ofPerson, "action.edit")],
  "a person": ["/settings/staff", create("staff.new")],
  "a team": ["/settings/teams", create("teams.new")],
  "a key": ["/settings/keys", create("keys.new")],
  "removing a linked system": ["/settings/linked-systems", fromRow(ofRow, "action.delete")],
  "an operator": ["/settings/linked-systems/$id", fromFirst("action.edit")],
  "a connection": ["/settings/connections", create("connections.new")],
  "changing a connection": ["/settings/connections", fromRow(ofRow, "action.edit")],
}

/** The paths of the real router. Its screens are loaded only when somebody goes there, so nothing here is a browser's. */
export async function routedPaths(): Promise<string[]> {
  const vite = await createServer({
    configFile: join(import.meta.dirname, "../../vite.config.ts"),
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  try {
    const { router } = (await vite.ssrLoadModule("/routes.tsx")) as { router: { routesByPath: object } }
    return Object.keys(router.routesByPath)
  } finally {
    await vite.close()
  }
}
