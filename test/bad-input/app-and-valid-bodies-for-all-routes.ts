// A desk with one of everything, and a signed-in admin who may call every route with a body that is right.
import assert from "node:assert/strict"
import { sql } from "kysely"
import { openAgreement } from "#agreements/open-agreement.ts"
import { createUser } from "#people/index.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"
import { routes } from "../registered-routes.ts"
import { automationSamples, existingAutomationRule } from "./valid-automation-bodies.ts"
import { calendarSamples, existingCalendar } from "./valid-calendar-bodies.ts"
import { chatSamples } from "./valid-chat-bodies.ts"
import { existingPolicy, slaSamples } from "./valid-sla-bodies.ts"
import { macroSamples } from "./valid-macro-bodies.ts"
import { mailSamples } from "./valid-mail-bodies.ts"
import { samplesOfMany } from "./valid-campaign-and-bulk-bodies.ts"
import { startApp } from "../start-app.ts"
import { acting } from "../desks/test-desk.ts"
import { openMessageSource } from "../desks/message-source.ts"

export const app = await startApp()
const password = "correct horse battery"
const passwordHash = cheapPasswordHash(password)
await acting(app, (act) => createUser(act, { email: "root@example.com", name: "Root", role: "admin", passwordHash }))
const signedIn = await app.app.inject({
  method: "POST",
  url: "/api/v1/session",
  payload: { email: "root@example.com", password },
})
export const headers = {
  cookie: String(signedIn.headers["set-cookie"]).split(";")[0]!,
  origin: new URL(app.url).origin,
}

export type Problem = { code: string; errors?: { path: string; message: string }[] }
export type Reply = { status: number; body: Partial<Problem> & Record<string, unknown>; text: string }

/** Sends the text as it is, as an admin's browser would. */
export async function send(
  method: string,
  url: string,
  payload?: string,
  more: Record<string, string> = {},
): Promise<Reply> {
  const type = payload === undefined ? {} : { "content-type": "application/json" }
  const answer = await app.app.inject({
    method: method as "GET",
    url,
    headers: { ...headers, ...type, ...more },
    ...(payload !== undefined && { payload }),
  })
  const isJson = String(answer.headers["content-type"]).includes("json")
  return { status: answer.statusCode, body: isJson ? answer.json<Reply["body"]>() : {}, text: answer.body }
}

async function made(url: string, body: object): Promise<string> {
  const { status, body: answer } = await send("POST", `/api/v1${url}`, JSON.stringify(body))
  assert.equal(status, 201, JSON.stringify(answer))
  return String(answer["id"])
}

export const sampleSource = await openMessageSource(app)
export const ticket = (await sampleSource.says("+573001112233")).ticket!
const webchat = await made("/connections", { kind: "webchat", name: "Chat" })
// Nobody listens there.
const splynx = await made("/links/systems", {
  kind: "splynx",
  name: "Splynx",
  settings: { baseUrl: "http://127.0.0.1:9", auth: "basic", key: "k".repeat(8), secret: "s".repeat(8) },
})
const november = { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }
const ids: Record<string, string> = {
  me: "idn_none",
  users: await made("/users", { email: "ana@example.com", name: "Ana", role: "agent" }),
  teams: await made("/teams", { name: "Ventas" }),
  "api-keys": await made("/api-keys", { name: "Key", role: "agent" }),
  settings: "language",
  connections: sampleSource.id,
  contacts: ticket.contact!.id,
  calendars: await made("/calendars", existingCalendar),
  categories: await made("/categories", { name: "Envíos" }),
  "custom-fields": await made("/custom-fields", { key: "order", label: "Pedido", type: "text" }),
  campaigns: await made("/campaigns", { name: "Navidad", kind: "marketing", connectionId: sampleSource.id }),
  tickets: ticket.number,
  views: await made("/views", { name: "Abiertos", visibility: "all", filters: { status: ["open"] } }),
  "assignment-rules": await made("/assignment-rules", { name: "Todo", action: { type: "round_robin" } }),
  "automation-rules": await made("/automation-rules", existingAutomationRule),
  "sla-policies": await made("/sla-policies", existingPolicy),
  simulations: await made("/simulations/assignment-rules", { candidate: [], ...november }),
  macros: await made("/macros", { name: "Urgente", visibility: "all", actions: [{ type: "priority", value: "high" }] }),
  "saved-replies": await made("/saved-replies", { name: "Saludo", visibility: "all", content: "Hola" }),
  links: await made("/links/systems", { kind: "gestionreal", name: "GR", settings: { splynxSystemId: splynx } }),
  chat: webchat,
}

/** A problem that two linked systems are to agree on: its id and its ticket's. */
export const sampleAgreement = (number: string) =>
  acting(app, (act) => {
    const numbers = { systemId: ids["links"]!, number, workNumber: number, customerNumber: "7", hookId: 1 }
    return openAgreement(act, { ...numbers, company: "", openedAt: null, receivedAt: app.now(), motive: null })
  })
ids["agreements"] = (await sampleAgreement("1")).agreementId

/** The address of something that exists. */
export function addressOf(url: string): string {
  const name = /^\/(?:api\/v1\/)?([\w-]+)/.exec(url)?.[1] ?? ""
  return url
    .replace(":ref", ids[name] ?? "")
    .replace(":mode", "note")
    .replace(/:(id|name)/, ids[name] ?? "")
}

const unique = { email: "new@example.com" }
/** For each route that takes a body, one that is right in shape. */
export const samples: Record<string, Record<string, unknown>> = {
  "POST /api/v1/session": { email: "root@example.com", password: "something long" },
  "POST /api/v1/session/link": { email: "carla@example.com" },
  "PUT /api/v1/session/link": { token: "lnk_x" },
  "PUT /api/v1/session/password": { token: "pwl_x", password: "something long" },
  "POST /api/v1/setup": {
    token: "set_x",
    name: "Ana",
    email: "ana@example.com",
    password: "something long",
    language: "es",
  },
  "PATCH /api/v1/me": { name: "Root", language: "es", timezone: "America/Bogota", afterClosing: "next" },
  "PUT /api/v1/me/presence": { status: "busy" },
  "PATCH /api/v1/me/notification-preferences": {
    kinds: { assigned: { list: true, sound: false, system: true } },
    quietHours: { from: "22:00", to: "07:00" },
  },
  "POST /api/v1/assignment-rules": {
    name: "VIP",
    priority: 1,
    enabled: true,
    conditions: [{ field: "customer.tier", operator: "equals", value: "vip" }],
    action: { type: "round_robin" },
  },
  "POST /api/v1/assignment-rules/matches": { conditions: [] },
  ...automationSamples,
  "POST /api/v1/simulations/assignment-rules": {
    candidate: { name: "Todo", action: { type: "round_robin" } },
    ...november,
  },
  "POST /api/v1/simulations/sla-policies": { candidate: existingPolicy, ...november },
  "POST /api/v1/simulations/reopen-window": {
    candidate: { connectionId: sampleSource.id, reopenWindowMinutes: 5, reopenFrom: "closure" },
    ...november,
  },
  "PATCH /api/v1/assignment-rules/:id": { name: "VIP", priority: 2, conditions: [] },
  "POST /api/v1/users": {
    ...unique,
    name: "Ana",
    role: "user",
    teamIds: [],
    capacity: 3,
    phone: "+57",
    language: "es",
    timezone: "UTC",
    calendarId: null,
    externalIds: { splynx: "7" },
    password: "something long",
  },
  "PATCH /api/v1/users/:id": {
    name: "Root",
    capacity: 3,
    phone: null,
    language: "es",
    timezone: "UTC",
    calendarId: null,
  },
  "POST /api/v1/users/:id/password": { password: "something long" },
  "POST /api/v1/users/:id/invitation": {},
  "POST /api/v1/teams": { name: "Otra", isDefault: false, memberIds: [], leadIds: [], autoAssign: ["support"] },
  "PATCH /api/v1/teams/:id": { name: "Otra", autoAssign: ["support"] },
  "POST /api/v1/api-keys": { name: "Llave", role: "agent", connectionIds: [sampleSource.id] },
  "PATCH /api/v1/api-keys/:id": { name: "Llave" },
  "PUT /api/v1/settings/:name": { value: "es" },
  "POST /api/v1/connections": {
    kind: "api",
    name: "Otra",
    enabled: true,
    reopenWindowMinutes: 5,
    reopenFrom: "activity",
    teamIds: [],
    greeting: "Hola",
    outOfHoursText: "Mañana",
    farewellText: "Adiós",
    acknowledgements: ["ok"],
    survey: true,
    surveyTemplate: { name: "encuesta", language: "es" },
  },
  "PATCH /api/v1/connections/:id": { name: "Puerta", reopenWindowMinutes: 5, greeting: null },
  "POST /api/v1/connections/:id/messages": {
    externalId: "x-1",
    contact: { id: "+573001112233", name: "Carla" },
    text: "hola",
    direction: "in",
    kind: "message",
    bot: false,
  },
  "POST /api/v1/connections/:id/templates/preview": { name: "saludo", language: "es", parameters: ["Carla"] },
  "POST /api/v1/connections/:id/check": {},
  "POST /api/v1/connections/:id/verification": {},
  "POST /api/v1/connections/:id/templates/sync": {},
  "POST /api/v1/links/systems": {
    kind: "splynx",
    name: "Otro Splynx",
    settings: { baseUrl: "https://splynx.example.com", auth: "basic", key: "k".repeat(8), secret: "s".repeat(8) },
  },
  "PATCH /api/v1/links/systems/:id": { name: "Gestión Real", settings: {} },
  "POST /api/v1/links/systems/:id/test": {},
  "POST /api/v1/agreements/:id/close": { reason: "El aviso se perdió" },
  "POST /api/v1/agreements/:id/reopen": { reason: "Falta la visita" },
  "POST /api/v1/links/failed-hooks/:id/replay": {},
  "POST /api/v1/contacts": { name: "Carla" },
  "PATCH /api/v1/contacts/:id": { name: "Carla" },
  "POST /api/v1/contacts/:id/merge": { into: "ctc_0" },
  "POST /api/v1/conversations": {
    contact: { name: "Carla", phone: "+573001119999" },
    connectionId: sampleSource.id,
    content: "Hola",
  },
  "POST /api/v1/categories": { name: "Pagos", reopenWindowMinutes: 5 },
  "PATCH /api/v1/categories/:id": { name: "Pagos" },
  "POST /api/v1/custom-fields": {
    key: "colour",
    label: "Color",
    type: "select",
    options: ["rojo", "azul"],
    required: false,
    isPublic: true,
    kinds: ["support"],
  },
  "PATCH /api/v1/custom-fields/:id": { label: "Pedido", isPublic: true },
  "POST /api/v1/tickets": {
    subject: "No llegó",
    description: "Lo espero desde el lunes",
    priority: "high",
    tags: ["envío"],
    categoryIds: [],
    customFields: { order: "48213" },
    contact: { name: "Carla", email: "carla@example.com" },
    channel: "phone",
    language: "es",
  },
  "PATCH /api/v1/tickets/:ref": {
    subject: "Pedido",
    priority: "high",
    tags: ["envío"],
    categoryIds: [],
    customFields: {},
  },
  "PUT /api/v1/tickets/:ref/status": { status: "pending", resolution: "hecho" },
  "POST /api/v1/tickets/:ref/links": { type: "related", ticket: "TKT-1" },
  "PUT /api/v1/tickets/:ref/snooze": { until: "2099-01-01T00:00:00Z" },
  "PUT /api/v1/tickets/:ref/assignment": { agentId: null, teamId: null, override: "porque sí" },
  "POST /api/v1/notifications/read": { ids: ["ntf_0"] },
  "POST /api/v1/tickets/:ref/merge": { into: "TKT-99999", override: "two numbers of one firm" },
  "POST /api/v1/tickets/:ref/split": { messageIds: ["msg_0"], subject: "Otra cosa" },
  "POST /api/v1/tickets/:ref/messages": { content: "Hola", isInternal: true },
  "POST /api/v1/tickets/:ref/messages/:id/dismiss": {},
  "POST /api/v1/tickets/:ref/messages/:id/retry": {},
  "POST /api/v1/tickets/:ref/typing": {},
  "POST /api/v1/tickets/:ref/read": {},
  "POST /api/v1/track": { number: "TKT-00001", email: "carla@example.com" },
  "POST /api/v1/track/link": { number: "TKT-00001", email: "carla@example.com" },
  "POST /api/v1/surveys/:token": { score: 5, comment: "Rápido y amable" },
  "POST /api/v1/failed-deliveries/replay": { connectionId: sampleSource.id, cause: "from_unreadable" },
  "PUT /api/v1/tickets/:ref/drafts/:mode": { content: "Hola" },
  ...calendarSamples,
  ...slaSamples,
  ...samplesOfMany(ticket.number, sampleSource.id),
  ...macroSamples,
  ...mailSamples,
  "POST /api/v1/views": {
    name: "Mías",
    visibility: "me",
    teamId: null,
    filters: { assignedTo: "me" },
    sort: "-createdAt",
  },
  "PATCH /api/v1/views/:id": { name: "Todas", filters: { status: ["open", "pending"] }, sort: null },
  "PUT /api/v1/carrier-words": { carrier: "TCC", word: "EN VIAJE", canonical: "IN_TRANSIT" },
  ...chatSamples,
}

export const withBody = routes.flatMap(({ method, url, body }) =>
  body ? [{ name: `${method} ${url}`, method, url, body }] : [],
)

/** How many rows each table has, but for what a look leaves behind: counted tries, and the record of an export. */
export async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; n: number }>`
    select table_name as name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', table_name), true, true, '')))[1]::text::int as n
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('rate_limits', 'admin_acts')`.execute(
    app.db.kysely,
  )
  const looks = await app.db.kysely.selectFrom("events").select("id").where("kind", "=", "tickets.exported").execute()
  return Object.fromEntries(rows.map(({ name, n }) => [name, name === "events" ? n - looks.length : n]))
}
