// Is the process alive, can it work, what has it done. On a connection of its own, so that a full pool does not hide.
import type { FastifyRequest } from "fastify"
import pg from "pg"
import type { Database } from "../db.ts"
import { Refusal } from "../errors.ts"
import type { Server } from "./server.ts"
import { registry } from "../metrics.ts"
import { migrationProblems } from "../database/migrate.ts"
import { sameSecret } from "../secrets.ts"

const answerWithinMs = 1_500

/** What is asked on the pool: what is not as it should be though the server works, and what is measured when somebody looks. */
type Asks = {
  warnings: (pool: pg.Pool) => Promise<string[]>
  measure: (pool: pg.Pool) => Promise<void>
  /** Why nothing should be sent here, whatever the database says: it is not all up yet, or on its way down. */
  unready: () => "starting" | "draining" | null
  /** Opens /metrics to others than this machine. */
  metricsToken: string | undefined
}

export function healthRoutes(app: Server, db: Database, { warnings, measure, unready, metricsToken }: Asks) {
  const pool = new pg.Pool({
    connectionString: db.url,
    max: 1,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
    application_name: "hilo health",
    options: `-c statement_timeout=${answerWithinMs - 500}`,
  })
  pool.on("error", () => {})
  pool.on("connect", (client) => client.on("error", () => {}))
  app.addHook("onClose", async () => pool.end())
  const config = { access: "public" } as const
  const schema = { hide: true }
  app.get("/healthz", { config, schema, logLevel: "silent" }, async () => ({ status: "ok" }))
  app.get("/readyz", { config, schema, logLevel: "silent" }, async (_request, reply) => {
    const state = unready()
    const missing = state === null ? await whatIsMissing(pool) : { problem: state }
    reply.header("cache-control", "no-store")
    if (missing === null) return { status: "ready", warnings: await warnings(pool).catch(() => []) }
    return reply
      .code(503)
      .header("retry-after", "2")
      .send({ status: "not_ready", ...missing })
  })
  app.get("/metrics", { config, schema, logLevel: "silent" }, async (request, reply) => {
    if (!isNear(request) && !bringsToken(request, metricsToken)) throw new Refusal("unauthenticated", "unauthenticated")
    await measure(pool)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"]

// A proxy on this machine comes from near too, but says for whom it asks.
function isNear({ raw }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress ?? ""
  return /^(::ffff:)?127\.|^::1$/.test(address) && !forwarded.some((name) => raw.headers[name] !== undefined)
}

function bringsToken({ headers }: FastifyRequest, token: string | undefined): boolean {
  return token !== undefined && sameSecret(headers.authorization ?? "", `Bearer ${token}`)
}

type ReadinessProblem = { problem: "starting" | "draining" | "migrations" | "database"; detail?: string }

// Only a database that answers can have another schema than this code.
async function whatIsMissing(pool: pg.Pool): Promise<ReadinessProblem | null> {
  try {
    const problems = await migrationProblems(pool)
    return problems.length > 0 ? { problem: "migrations", detail: problems.join("; ") } : null
  } catch {
    return { problem: "database" }
  }
}
