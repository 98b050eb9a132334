// A small desk to test against: its own database, the HTTP server with the routes given, and the cast of house.md.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { createLog } from "#kernel/log.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { type Database, openDatabase } from "#kernel/db.ts"
import { createServer, type Server } from "#kernel/http/server.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { openFileStorage } from "#kernel/storage/file-storage.ts"
import {
  type Authentication,
  createAuthentication,
  createKey,
  createUser,
  type NewUser,
  type Role,
} from "#people/index.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"
import { testDatabase } from "../database.ts"

export type Desk = Kit & {
  db: Database
  app: Server
  authentication: Authentication
  publicUrl: string
  mailIsSet: boolean
  clock: Clock
}
type Clock = { now: Date; pass: (ms: number) => void }

/** Time stands still until a test lets it pass. */
function createClock(start: string): Clock {
  const clock: Clock = { now: new Date(start), pass: (ms) => void (clock.now = new Date(clock.now.getTime() + ms)) }
  return clock
}

export async function openDesk(
  register: (app: Server, desk: Desk) => void,
  publicUrl = "http://hilo.test",
  log = createLog("silent"),
): Promise<Desk> {
  const { url } = await testDatabase()
  // Fifty at once are more than there are connections, and on a busy machine the last of them may wait for long.
  const db = openDatabase(url, { waitMs: 0 })
  after(() => db.close())
  const clock = createClock("2026-11-22T09:00:00Z")
  const now = () => clock.now
  const authentication = createAuthentication({ db, now, publicUrl })
  const app = createServer({ log, authenticate: authentication.authenticate, trustedProxies: [] })
  const secrets = createSecrets("a secret for tests only")
  // Nobody listens there: a test that needs the Graph API starts its own and says so.
  const outside = {
    channelApis: { whatsapp: "http://127.0.0.1:9" },
    outbound: createOutbound({ allowPrivate: [] }),
    storage: openFileStorage(filesFolder()),
  }
  const desk = { db, now, clock, app, authentication, publicUrl, mailIsSet: false, secrets, ...outside }
  register(app, desk)
  await app.ready()
  after(() => app.close())
  return desk
}

/** Gone with the test file. */
function filesFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hilo-files-"))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Does something outside HTTP, in a transaction of its own. */
export function acting<T>(desk: Pick<Desk, "db" | "now">, work: Parameters<typeof inTransaction<T>>[2]): Promise<T> {
  return inTransaction(desk.db, { actor: system, now: desk.now() }, work)
}

export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> }
export type Client = {
  userId: string
  key: string
  call: (method: Method, url: string, body?: unknown, headers?: object) => Promise<Answer>
}
type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE"

/** Calls the API; a body is sent as JSON. */
export async function call(
  app: Server,
  method: Method,
  url: string,
  body?: unknown,
  headers: object = {},
): Promise<Answer> {
  const sent = body === undefined ? {} : { payload: JSON.stringify(body) }
  const type = body === undefined ? {} : { "content-type": "application/json" }
  const response = await app.inject({ method, url: `/api/v1${url}`, ...sent, headers: { ...type, ...headers } })
  const isJson = String(response.headers["content-type"]).includes("json")
  return { status: response.statusCode, body: isJson ? response.json() : {}, headers: response.headers }
}

/** Somebody of the cast, with an API key of their role. */
export async function member(desk: Pick<Desk, "db" | "now" | "app">, user: NewUser): Promise<Client> {
  const { key, userId } = await acting(desk, async (act) => {
    const { id } = await createUser(act, user)
    return createKey(act, { name: user.name, role: user.role, userId: id })
  })
  const authorization = `Bearer ${key}`
  return {
    userId,
    key,
    call: (method, url, body, headers) => call(desk.app, method, url, body, { authorization, ...headers }),
  }
}

export const password = "correct horse battery"
let people = 0

/** Somebody new who can sign in with the password above. */
export async function person(desk: Desk, role: Role = "agent") {
  const email = `person${++people}@example.com`
  const passwordHash = cheapPasswordHash(password)
  const { id } = await acting(desk, (act) => createUser(act, { email, name: "Somebody", role, passwordHash }))
  return { id, email }
}

/** Signs in as the web does, from a page of our own unless `headers` say otherwise. */
export function signIn(desk: Desk, email: string, word = password, headers: object = { origin: desk.publicUrl }) {
  return call(desk.app, "POST", "/session", { email, password: word }, headers)
}

export function cookieOf(answer: Answer): string {
  return String([answer.headers["set-cookie"]].flat()[0]).split(";")[0]!
}

/** Somebody of the cast who is signed in, as at a screen. */
export async function atScreen(desk: Desk, user: NewUser): Promise<Omit<Client, "key">> {
  const passwordHash = cheapPasswordHash(password)
  const { id: userId } = await acting(desk, (act) => createUser(act, { ...user, passwordHash }))
  const mine = { cookie: cookieOf(await signIn(desk, user.email)), origin: desk.publicUrl }
  return { userId, call: (method, url, body, headers) => call(desk.app, method, url, body, { ...mine, ...headers }) }
}

export async function signedIn(desk: Desk, role: Role = "agent") {
  const who = await person(desk, role)
  const cookie = cookieOf(await signIn(desk, who.email))
  return { ...who, cookie, me: () => call(desk.app, "GET", "/me", undefined, { cookie }) }
}
