// Splynx as far as Hilo uses it: a real HTTP server with tickets, the three ways to sign in, and its habits. It fails, answers too
// late or not at all, spells `closed` in four ways, gives local times, lists what was, and takes changes that it does not make.
import { createHash, createHmac } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { after } from "node:test"

export const splynxKey = "key-of-a-test"
export const splynxSecret = "secret-of-a-test"
export const splynxLogin = "hilo"
export const splynxPassword = "password-of-a-test"
export const splynxHookSecret = "hook-secret-of-a-test"

export type FakeTicket = {
  id: string
  closed: boolean
  status_id: string
  assign_to: string
  customer_id: string
  subject: string
  note: string
  updatedAt: Date
}

/**
 * What happens to the next request. `no-answer`: it is carried out, and the answer never comes. `drop`: it is not carried out, and
 * nothing is answered. `page`: 200 with a page for people. `ignore`: accepted, and not carried out. `hang`: it is carried out, and
 * the connection stays open without a byte. `drip`: it is carried out, and the answer never ends.
 */
export type SplynxBehaviour =
  | { does: "work" | "no-answer" | "drop" | "page" | "ignore" | "hang" | "drip" }
  | { does: "fail"; status: number }
export type SplynxRequestSeen = { method: string; path: string; query: URLSearchParams; body: Record<string, string> }

export type FakeSplynx = ReturnType<typeof newState> & { url: string; close: () => void }

function newState(now: () => Date) {
  return {
    now,
    tickets: new Map<string, FakeTicket>(),
    lastId: 5_000,
    /** All that was asked, logins apart. */
    requests: [] as SplynxRequestSeen[],
    /** The changes that were asked for, made or not. */
    puts: [] as { id: string; body: Record<string, string>; done: boolean }[],
    /** Tickets that a change opened which were closed. */
    reopened: [] as string[],
    logins: 0,
    tokens: new Set<string>(),
    lastNonce: 0n,
    script: [] as SplynxBehaviour[],
    /** Asked for each request that the script says nothing about. */
    otherwise: (_request: SplynxRequestSeen): SplynxBehaviour => ({ does: "work" }),
    /** Some versions do not. */
    filters: true,
    /** What lists show instead of what is; what is new is in it. */
    staleList: null as FakeTicket[] | null,
    /** Tickets that are closed at every other look. */
    flapping: new Set<string>(),
    /** Its clock says no zone. */
    timezone: "America/Argentina/Buenos_Aires",
    spelled: 0,
    add(more: Partial<FakeTicket> = {}): FakeTicket {
      const id = more.id ?? String(++this.lastId)
      const nothing = { status_id: "1", assign_to: "0", customer_id: "77", subject: "Sin servicio", note: "" }
      const ticket = { id, closed: false, ...nothing, updatedAt: now(), ...more }
      this.tickets.set(id, ticket)
      this.staleList?.push({ ...ticket })
      return ticket
    },
    /** As an operator does at its screen. */
    change(id: string, more: Partial<FakeTicket>): FakeTicket {
      return Object.assign(this.tickets.get(id)!, { updatedAt: now() }, more)
    },
  }
}

export async function startFakeSplynx(now: () => Date = () => new Date()): Promise<FakeSplynx> {
  const state = newState(now)
  const server = createServer((request, response) => {
    void answer(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  after(close)
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close })
}

type State = ReturnType<typeof newState>

async function answer(state: State, request: IncomingMessage, response: ServerResponse) {
  const { pathname, searchParams: query } = new URL(request.url!, "http://splynx")
  const body = await bodyOf(request)
  const path = pathname.replace(/^\/api\/2\.0\/admin\//, "")
  if (path === pathname) return send(response, 404, { error: { message: "Not found" } })
  if (path === "auth/tokens") return logIn(state, body, response)
  if (!isAuthorized(state, request.headers.authorization ?? "")) {
    return send(response, 401, { error: { message: "Unauthorized", code: 401 } })
  }
  const seen = { method: request.method!, path, query, body }
  state.requests.push(seen)
  const step = state.script.shift() ?? state.otherwise(seen)
  if (step.does === "drop") return response.destroy()
  if (step.does === "fail") return send(response, step.status, { error: { message: "failed", code: step.status } })
  if (step.does === "page")
    return void response.writeHead(200, { "content-type": "text/html" }).end("<html>Login</html>")
  const done = carryOut(state, seen, step.does !== "ignore")
  if (step.does === "no-answer") return response.destroy()
  if (step.does === "hang") return
  if (step.does === "drip") return drip(response)
  return send(response, done.status, done.body)
}

/** JSON, or a form as its own scripts send it. */
async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  if (text === "") return {}
  if (String(request.headers["content-type"]).includes("json")) return JSON.parse(text) as Record<string, string>
  return Object.fromEntries(new URLSearchParams(text))
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json" }).end(body === null ? "" : JSON.stringify(body))
}

function drip(response: ServerResponse) {
  response.writeHead(200, { "content-type": "application/json" })
  const drops = setInterval(() => response.write(" "), 5)
  response.on("close", () => clearInterval(drops))
}

function logIn(state: State, body: Record<string, string>, response: ServerResponse) {
  state.logins++
  if (body["login"] !== splynxLogin || body["password"] !== splynxPassword)
    return send(response, 401, { error: { message: "Wrong login" } })
  const token = createHash("sha256").update(`token ${state.logins}`).digest("hex")
  state.tokens.add(token)
  const at = Math.floor(state.now().getTime() / 1_000)
  const times = {
    access_token_expiration: at + 1_800,
    refresh_token: `r${token}`,
    refresh_token_expiration: at + 86_400,
  }
  return send(response, 201, { access_token: token, ...times, permissions: {} })
}

function isAuthorized(state: State, header: string): boolean {
  if (header === `Basic ${Buffer.from(`${splynxKey}:${splynxSecret}`).toString("base64")}`) return true
  const given = new URLSearchParams(/^Splynx-EA \((.*)\)$/.exec(header)?.[1] ?? "")
  if (given.has("access_token")) return state.tokens.has(given.get("access_token")!)
  const nonce = /^\d+$/.test(given.get("nonce") ?? "") ? BigInt(given.get("nonce")!) : 0n
  const right = createHmac("sha256", splynxSecret).update(`${nonce}${splynxKey}`).digest("hex").toUpperCase()
  if (given.get("key") !== splynxKey || given.get("signature") !== right || nonce <= state.lastNonce) return false
  state.lastNonce = nonce
  return true
}

type Done = { status: number; body: unknown }
const notFound: Done = { status: 404, body: { error: { message: "Not found", code: 404 } } }

function carryOut(state: State, { method, path, query, body }: SplynxRequestSeen, isCarriedOut: boolean): Done {
  const [, , id] = path.split("/")
  if (!/^support\/tickets(\/\d+)?$/.test(path)) return notFound
  if (method === "GET" && id === undefined) return { status: 200, body: listed(state, query) }
  if (method === "POST" && id === undefined) {
    if (!body["customer_id"] || !body["subject"]) return { status: 422, body: [{ field: "subject" }] }
    const text = (name: string) => body[name] ?? ""
    const made = { customer_id: text("customer_id"), subject: text("subject"), note: text("note") }
    return { status: 201, body: { id: Number(isCarriedOut ? state.add(made).id : state.lastId + 1) } }
  }
  const ticket = state.tickets.get(id ?? "")
  if (method === "PUT") state.puts.push({ id: id ?? "", body, done: isCarriedOut && ticket !== undefined })
  if (!ticket) return notFound
  if (method === "GET") return { status: 200, body: shown(state, ticket) }
  if (method !== "PUT") return { status: 405, body: {} }
  if (isCarriedOut) {
    const closed = String(body["closed"]) === "1"
    if (ticket.closed && !closed) state.reopened.push(ticket.id)
    state.change(ticket.id, { closed, status_id: String(body["status_id"]) })
  }
  return { status: 202, body: null }
}

const spellings = [(is: boolean) => (is ? "1" : "0"), Number, (is: boolean) => is, String]

function shown(state: State, { closed, updatedAt, ...ticket }: FakeTicket) {
  if (state.flapping.has(ticket.id)) state.tickets.get(ticket.id)!.closed = !closed
  const spelled = spellings[state.spelled++ % spellings.length]!(closed)
  const updated_at = updatedAt.toLocaleString("sv-SE", { timeZone: state.timezone })
  return {
    ...ticket,
    closed: spelled,
    priority: "medium",
    created_at: updated_at,
    updated_at,
    additional_attributes: {},
  }
}

function listed(state: State, query: URLSearchParams) {
  const all = (state.staleList ?? [...state.tickets.values()]).filter(
    (ticket) => !state.filters || matches(ticket, query),
  )
  const order = query.get("order[id]") === "DESC" ? -1 : 1
  const offset = Number(query.get("offset") ?? 0)
  const sorted = all.toSorted((a, b) => order * (Number(a.id) - Number(b.id)))
  return sorted.slice(offset, offset + Number(query.get("limit") ?? 20)).map((ticket) => shown(state, ticket))
}

function matches(ticket: FakeTicket, query: URLSearchParams): boolean {
  const names = [...query.keys()].flatMap((key) => /^main_attributes\[(\w+)\]/.exec(key)?.[1] ?? [])
  return [...new Set(names)].every((name) => {
    const value = String(ticket[name as keyof FakeTicket])
    const part = (end: string) => query.get(`main_attributes[${name}]${end}`)
    if (part("[0]") === "IN") return valuesOf(query, name).has(value)
    if (part("[0]") === "LIKE") return value.includes(part("[1]")!.replaceAll("%", ""))
    return part("") === value
  })
}

const valuesOf = (query: URLSearchParams, name: string) =>
  new Set([...query].flatMap(([key, value]) => (key.startsWith(`main_attributes[${name}][1][`) ? [value] : [])))

/** What Splynx posts when something of a ticket has changed, as JSON or as a form, signed over the bytes that are sent. */
export function splynxEvent(id: string, { asForm = false, secret = splynxHookSecret } = {}) {
  const data = { source: "admin", model: "models\\admin\\support\\Tickets", action: "edit", attributes: { id } }
  const form = { type: "event", "data[model]": data.model, "data[action]": "edit", "data[attributes][id]": id }
  const payload = asForm ? String(new URLSearchParams(form)) : JSON.stringify({ type: "event", data })
  const signature = createHmac("sha1", secret).update(payload).digest("hex")
  const type = asForm ? "application/x-www-form-urlencoded" : "application/json"
  return { payload, headers: { "content-type": type, "x-splynx-signature": signature } }
}
