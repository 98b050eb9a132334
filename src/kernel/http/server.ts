// The one HTTP server: validation, access, problems, request ids. It knows no routes of its own.
import { isUtf8 } from "node:buffer"
import type { IncomingMessage } from "node:http"
import cookie from "@fastify/cookie"
import { type FastifyBodyParser, fastify, LogController, type FastifyReply, type FastifyRequest } from "fastify"
import { type ZodTypeProvider } from "fastify-type-provider-zod"
import type { z } from "zod"
import type { Actor } from "../act.ts"
import { type FieldCode, type FieldError, invalidField, Refusal } from "../errors.ts"
import { maxJsonDepth, exceedsJsonLimits } from "./json-limits.ts"
import type { Log } from "../log.ts"
import { httpSeconds } from "../metrics.ts"
import { createSlowRequestGuard, defaultMinimumRate } from "./slow-upload-guard.ts"
import { listening } from "./hold-port.ts"
import { refuseUnreadableBody, sendProblem } from "./send-problem.ts"

/** Who may call a route: everybody, or those whom the predicate admits. Every route must say. */
export type Access = "public" | ((actor: never) => boolean)

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access
    /** The answer holds a secret shown once, so it is not kept for a repeated request. */
    secretAnswer?: boolean
  }
  interface FastifyRequest {
    actor: Actor
  }
}

export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>

export const stranger: Actor = { kind: "stranger", id: null }

export type Server = ReturnType<typeof createServer>

type ServerOptions = {
  log: Log
  authenticate: Authenticate
  trustedProxies: string[]
}

const bodyLimit = 3 * 1024 * 1024
// Of clients not authenticated yet; routes that need more say so.
const publicBodyLimit = 128 * 1024

export function createServer({ log, authenticate, trustedProxies }: ServerOptions) {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    genReqId: () => `req_${Math.random().toString(36).slice(2, 12)}`,
    // The head must come at once; how slowly a body may come is for its pace to say.
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    requestTimeout: 0,
    // While it closes, what still comes on an open connection is answered like any other request, and the connection ends.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: refuseUnreadableBody,
    // An address that cannot be decoded meets no route and no hook.
    frameworkErrors: (error, request, reply) =>
      sendProblem(error, request, reply.header("x-content-type-options", "nosniff")),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(({ schema, httpPart }) => validator(schema as z.ZodType, httpPart ?? "body"))
  app.setSerializerCompiler(() => (body) => JSON.stringify(body))
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(new Refusal("not_found", "not_found"), request, reply))
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    jsonParser(app.getDefaultJsonParser("error", "error")),
  )
  app.decorateRequest("actor", null as never)
  app.register(cookie)
  app.addHook("onRoute", (route) => {
    if (route.config?.access === undefined && !route.url.startsWith("/docs")) {
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`)
    }
    if (route.config?.access === "public") route.bodyLimit ??= publicBodyLimit
  })
  const pace = createSlowRequestGuard(defaultMinimumRate)
  const timer = setInterval(pace.check, 5_000).unref()
  app.addHook("onClose", async () => clearInterval(timer))
  app.addHook("onRequest", async (request, reply) => pace.watch(request.raw, reply.raw))
  app.addHook("onRequest", async (request, reply) => void reply.header("x-content-type-options", "nosniff"))
  app.addHook("onSend", async (_request, reply) => keepFromCaches(reply))
  app.addHook("onRequest", async (request) => admit(request, await authenticate(request)))
  app.addHook("onRequest", async (request, reply) => refuseEncoded(request, reply))
  app.addHook("onResponse", async (request, reply) => observe(request, reply))
  app.addHook("onResponse", async ({ raw }) => letRestCome(raw))
  return app
}

// Whatever is packed would have to be unpacked before its size is known.
function refuseEncoded({ headers }: FastifyRequest, reply: FastifyReply) {
  const coding = headers["content-encoding"]?.trim().toLowerCase()
  if (coding === undefined || coding === "" || coding === "identity") return
  reply.header("accept-encoding", "identity")
  const errors = [{ path: "header Content-Encoding", message: "must be absent: bodies are taken as they are" }]
  throw new Refusal("unsupported", "content_encoding", undefined, { errors })
}

const jsonParser =
  (parse: FastifyBodyParser<string>): FastifyBodyParser<Buffer> =>
  (request, body, done) => {
    // Decoded anyhow, characters of another encoding would be lost in silence.
    if (!isUtf8(body)) return done(invalidField("body", "must be UTF-8"))
    const text = body.toString()
    const refusal = exceedsJsonLimits(text)
    return refusal ? done(refusal) : parse(request, text, done)
  }

const mostRest = 64 * 1024 * 1024

// An answer before all was read arrives only when the rest is consumed: on a closed connection it would be lost.
function letRestCome(request: IncomingMessage) {
  if (request.complete || request.destroyed) return
  let left = mostRest
  request.unpipe()
  request.on("data", (chunk: Buffer) => (left -= chunk.length) < 0 && request.destroy())
  request.resume()
}

// What is answered in JSON is somebody's, or true for a moment only.
function keepFromCaches(reply: FastifyReply) {
  const type = String(reply.getHeader("content-type") ?? "")
  if (/^application\/(problem\+)?json\b/.test(type) && !reply.hasHeader("cache-control"))
    reply.header("cache-control", "no-store")
}

/** Its address. Throws `BadSetting` where one is the reason. */
export const listen = (app: Server, { port, host }: { port: number; host: string }): Promise<string> =>
  listening(app.listen({ port, host }), { port, host })

function admit(request: FastifyRequest, actor: Actor | null) {
  request.actor = actor ?? stranger
  const { access } = request.routeOptions.config
  if (access === undefined || access === "public") return
  if (!actor) throw new Refusal("unauthenticated", "unauthenticated")
  if (!access(actor as never)) throw new Refusal("forbidden", "forbidden")
}

function observe(request: FastifyRequest, reply: FastifyReply) {
  const route = request.routeOptions.url ?? "unknown"
  httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
}

const where: Record<string, string> = { body: "", querystring: "", params: "", headers: "header " }

function validator(schema: z.ZodType, part: string) {
  return (data: unknown) => {
    const result = schema.safeParse(part === "body" && data === null ? {} : data, { reportInput: true })
    const unstorable = result.success ? whatCannotBeStored(result.data, []) : null
    if (result.success && !unstorable) return { value: result.data }
    const errors = (result.error?.issues ?? [unstorable!]).flatMap((issue) =>
      fieldErrors(part === "querystring" ? topLevel(issue) : issue, where[part] ?? ""),
    )
    const detail = errors.map((e) => `${e.path || "body"}: ${e.message}`).join("; ")
    return { error: new Refusal("invalid", "invalid", detail.slice(0, 1_000), { errors }) }
  }
}

// A repeated parameter is a list to us; the client knows it by its name alone.
const topLevel = (issue: z.core.$ZodIssue) => ({ ...issue, path: issue.path.slice(0, 1) })

// Texts were mended by their fields; what is left is an id or a free value, which nobody may mend.
function whatCannotBeStored(value: unknown, path: string[]): Unstorable | null {
  if (typeof value === "string") return value.includes("\0") ? refused(path, "must not hold a NUL character") : null
  if (typeof value !== "object" || value === null || value instanceof Date) return null
  if (path.length > maxJsonDepth) return refused(path.slice(0, 3), "is nested too deeply")
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes("\0")) return refused(path, "must not hold a NUL character")
    const found = whatCannotBeStored(inner, [...path, key])
    if (found) return found
  }
  return null
}

type Unstorable = { code: "custom"; path: string[]; message: string; input: unknown }
const refused = (path: string[], message: string): Unstorable => ({ code: "custom", path, message, input: null })

/** A name for each thing that is wrong: an unknown key is named itself, not its parent. */
function fieldErrors(issue: z.core.$ZodIssue, prefix: string): FieldError[] {
  const path = prefix + issue.path.join(".")
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, 20)
      .map((key) => ({ path: path ? `${path}.${key}` : key, message: "is not a known field", code: "unknown_field" }))
  }
  if (issue.code === "invalid_type" && issue.input === undefined)
    return [{ path, message: "is required", code: "required" }]
  const code = codeOf(issue)
  return [{ path, message: issue.message, ...(code && { code }) }]
}

function codeOf(issue: z.core.$ZodIssue): FieldCode | undefined {
  // What a field of a contract says of itself: `refine(…, { params: { code } })`.
  if (issue.code === "custom") return issue.params?.["code"] as FieldCode | undefined
  if (issue.code === "too_small" && issue.origin === "string") return issue.minimum === 1 ? "required" : "too_short"
  if (issue.code === "too_big" && issue.origin === "string") return "too_long"
  return issue.code === "invalid_format" && issue.format === "email" ? "email" : undefined
}
