// What Hilo answers is what it says it answers; what it documents is what there is.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { test } from "node:test"
import { z } from "zod"
import { routes } from "./registered-routes.ts"
import { startApp } from "./start-app.ts"
import { type Answer, member } from "./desks/test-desk.ts"

const app = await startApp()
const admin = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
const agent = await member(app, { email: "ana@example.com", name: "Ana", role: "agent" })
const document = (await app.app.inject({ url: "/api/v1/openapi.json" })).json<OpenApi>()

type Operation = {
  responses?: Record<string, unknown>
  parameters?: { name: string; in: string }[]
  requestBody?: unknown
}
type OpenApi = {
  openapi: string
  info: { title: string }
  paths: Record<string, Record<string, Operation>>
  components: object
}

test("the tables in docs/ are those of the code", () => {
  const root = join(import.meta.dirname, "..")
  const { status, stderr } = spawnSync(process.execPath, ["bin/generate-docs.ts", "--check"], {
    cwd: root,
    encoding: "utf8",
  })
  assert.equal(status, 0, stderr)
})

/** The contract as JSON carries it: instants are texts, and there is no field that it does not name. */
function inJson(schema: z.ZodType) {
  const asDate = { type: "string", format: "date-time" } as const
  const written = z.toJSONSchema(schema, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, asDate)
    },
  })
  return z.fromJSONSchema(written)
}

const checked = new Set<string>()

/** Calls a route and holds its answer to what the route says of itself. */
async function says(
  who: typeof admin,
  method: "GET" | "POST" | "PATCH" | "PUT",
  route: string,
  address: string,
  body?: object,
): Promise<Answer["body"]> {
  const answer = await who.call(method, address, body)
  assert.ok(answer.status < 300, `${method} ${address}: ${JSON.stringify(answer.body)}`)
  const own = routes.find((one) => one.method === method && one.url === `/api/v1${route}`)
  const declared = own?.response[answer.status]
  assert.ok(declared, `${method} ${route} does not say what its ${answer.status} holds`)
  assert.deepEqual(inJson(declared).safeParse(answer.body).error?.issues ?? [], [], `${method} ${address}`)
  checked.add(`${method} ${route}`)
  return answer.body
}

test("tickets, messages and all around them are answered as their contracts say", async () => {
  const made = (route: string, body: object) => says(admin, "POST", route, route, body)
  const source = await made("/connections", { kind: "api", name: "Puerta", teamIds: [], greeting: "Hola" })
  const category = await made("/categories", { name: "Envíos" })
  const team = await made("/teams", { name: "Ventas", memberIds: [agent.userId] })
  await made("/users", { email: "bruno@example.com", name: "Bruno", role: "user" })
  const contact = await made("/contacts", { name: "Carla" })
  const inbound = {
    externalId: "1",
    contact: { id: "+573001112233", name: "Carla" },
    text: "hola",
    categoryIds: [category["id"]],
  }
  const at = `/connections/${String(source["id"])}/messages`
  const taken = await says(admin, "POST", "/connections/:id/messages", at, inbound)
  const ref = (taken["ticket"] as { number: string }).number
  const ticket = (method: "GET" | "POST" | "PATCH" | "PUT", rest = "", body?: object) =>
    says(admin, method, `/tickets/:ref${rest}`, `/tickets/${ref}${rest}`, body)
  await ticket("GET")
  await ticket("PATCH", "", { subject: "Pedido", tags: ["envío"], priority: "high" })
  await ticket("PUT", "/assignment", { agentId: agent.userId, teamId: team["id"] })
  await ticket("POST", "/messages", { content: "**Hola**" })
  await ticket("POST", "/messages", { content: "nota", isInternal: true })
  await ticket("GET", "/messages")
  await ticket("PUT", "/status", { status: "closed", resolution: "hecho" })
  await says(admin, "POST", "/connections/:id/messages", at, { ...inbound, externalId: "2" })
  for (const rest of ["/timeline", "/why", "/surveys", "/drafts"]) await ticket("GET", rest)
  const parts = ["messages", "timeline", "replyWindow", "drafts", "contact", "contactTickets"]
  const include = parts.map((part) => `include=${part}`).join("&")
  const opened = await says(admin, "GET", "/tickets/:ref", `/tickets/${ref}?${include}`)
  assert.deepEqual(Object.keys(opened["included"] as object).toSorted(), parts.toSorted())
  await ticket("POST", "/read")
  for (const list of [
    "/tickets",
    "/tickets/counts",
    "/connections",
    "/categories",
    "/teams",
    "/users",
    "/contacts",
    "/settings",
    "/api-keys",
    "/me",
  ]) {
    await says(admin, "GET", list, list)
  }
  await says(agent, "GET", "/tickets", `/tickets?q=${ref}`)
  await says(agent, "GET", "/users", "/users")
  for (const [route, id] of [
    ["/connections", source],
    ["/teams", team],
    ["/contacts", contact],
    ["/categories", category],
  ] as const) {
    await says(admin, "GET", `${route}/:id`, `${route}/${String(id["id"])}`)
  }
  await says(agent, "PATCH", "/me", "/me", { language: "en" })
  assert.ok(checked.size >= 30)
})

test("campaigns, rules and what is sent into a chat are answered as their contracts say", async () => {
  const made = (route: string, body: object) => says(admin, "POST", route, route, body)
  const source = await made("/connections", { kind: "api", name: "Envíos" })
  const campaign = await made("/campaigns", { name: "Vuelve", kind: "marketing", connectionId: source["id"] })
  const under = `/campaigns/${String(campaign["id"])}`
  await says(admin, "POST", "/campaigns/:id/shipments", `${under}/shipments`, { id: "envio-1" })
  await says(admin, "PATCH", "/campaigns/:id", under, { name: "Vuelve pronto" })
  await says(admin, "GET", "/campaigns", "/campaigns")
  await says(admin, "GET", "/campaigns/:id", under)
  await says(admin, "GET", "/campaigns/:id/shipments", `${under}/shipments`)
  await made("/assignment-rules", { name: "Todo", priority: 1, conditions: [], action: { type: "round_robin" } })
  await says(admin, "GET", "/assignment-rules", "/assignment-rules")
  const actions = [{ type: "priority", value: "high" }]
  await made("/automation-rules", { name: "Alta", trigger: { type: "ticket_created" }, actions })
  await says(admin, "GET", "/automation-rules", "/automation-rules")
})

test("calendars and their clock are answered as their contracts say", async () => {
  const week = { timezone: "America/Bogota", intervals: [{ day: 1, from: "08:00", to: "18:00" }], holidayCountry: "CO" }
  const made = await says(admin, "POST", "/calendars", "/calendars", { name: "Soporte", ...week })
  const under = `/calendars/${String(made["id"])}`
  await says(agent, "GET", "/calendars", "/calendars")
  await says(agent, "GET", "/calendars/:id", under)
  await says(admin, "PATCH", "/calendars/:id", under, { name: "Mesa" })
  await says(agent, "POST", "/calendars/:id/due", `${under}/due`, { start: "2026-11-29T15:00:00Z", minutes: 60 })
  const span = { start: "2026-11-29T15:00:00Z", end: "2026-12-29T15:00:00Z" }
  await says(agent, "POST", "/calendars/:id/minutes", `${under}/minutes`, span)
  await says(admin, "POST", "/calendars/preview", "/calendars/preview", { ...week, minutes: 60 })
  await says(admin, "GET", "/calendars/holiday-countries", "/calendars/holiday-countries")
})

test("SLA policies are answered as their contracts say", async () => {
  const targets = { firstResponse: { medium: 60, urgent: 15 }, resolution: { medium: 480 } }
  const escalations = [{ on: "breach", notify: ["leads"], raisePriorityTo: "urgent" }]
  const conditions = [{ field: "subject", operator: "equals", value: "nada" }]
  const body = { name: "Oro", priority: 1, targets, escalations, conditions }
  const made = await says(admin, "POST", "/sla-policies", "/sla-policies", body)
  const under = `/sla-policies/${String(made["id"])}`
  await says(agent, "GET", "/sla-policies", "/sla-policies")
  await says(agent, "GET", "/sla-policies/:id", under)
  await says(admin, "POST", "/sla-policies/matches", "/sla-policies/matches", { conditions })
  await says(admin, "PATCH", "/sla-policies/:id", under, { targets: null, visibleToCustomer: true })
})

test("a chat answers its visitor as its contract says", async () => {
  const { id } = (await admin.call("POST", "/connections", { kind: "webchat", name: "Chat" })).body as { id: string }
  const visit = async (method: "GET" | "POST", rest: string, token: string | null, payload?: object) => {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    const url = `/chat/${id}/${rest}`
    const answer = await app.app.inject({ method, url, headers, ...(payload && { payload }) })
    const own = routes.find((one) => one.method === method && one.url === `/chat/:id/${rest}`)
    const body = answer.json<Record<string, unknown>>()
    const declared = own?.response[answer.statusCode]
    assert.ok(declared, `${url}: ${answer.statusCode}`)
    assert.deepEqual(inJson(declared).safeParse(body).error?.issues ?? [], [], url)
    return body
  }
  const { token } = (await visit("POST", "visitor", null, {})) as { token: string }
  await visit("GET", "conversation", null)
  await visit("POST", "messages", token, { clientId: "el-primero-1", text: "hola" })
  const { items } = (await admin.call("GET", `/tickets?connectionId=${id}`)).body as { items: { id: string }[] }
  await admin.call("POST", `/tickets/${items[0]!.id}/messages`, { content: "**hola**" })
  const conversation = (await visit("GET", "conversation", token)) as { messages: object[] }
  assert.equal(conversation.messages.length, 2)
})

/** What answers without words, or with a file, a stream or somebody else's format. */
const wordless =
  /openapi\.json$|^GET .*\/attachments\/|^GET .*\/(tickets|incidents)\/export$|^GET .*\/failed-deliveries\/:id\/raw$|^GET .*\/messages\/:id\/(html|raw)$/

test("every route under /api/v1 says what it answers", () => {
  const silent = routes.filter(
    ({ method, url, response }) =>
      url.startsWith("/api/v1/") && method !== "DELETE" && Object.keys(response).length === 0,
  )
  assert.deepEqual(
    silent.map(({ method, url }) => `${method} ${url}`).filter((name) => !wordless.test(name)),
    [],
  )
})

test("the OpenAPI document holds every route, each parameter of an address, and only references that lead somewhere", () => {
  assert.match(document.openapi, /^3\.1\./)
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  )
  const names = new Set(documented.map(({ name }) => name))
  const expected = routes
    .filter(({ url }) => url.startsWith("/api/v1/") && !url.endsWith("openapi.json"))
    .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, "{$1}")}`)
  assert.deepEqual(
    expected.filter((name) => !names.has(name)),
    [],
  )
  for (const { name, path, operation } of documented) {
    const given = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name)
    const needed = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
    assert.deepEqual(given.toSorted(), needed.toSorted(), name)
  }
  for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = reference!
      .split("/")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    assert.ok(target, `${reference} leads nowhere`)
  }
})
