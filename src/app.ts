// The composition root: configuration and a database go in, a running Hilo comes out. With background-work.ts it alone knows everyone.
import type { Pool } from "pg"
import type { Config } from "#kernel/config.ts"
import { calendarRoutes } from "#calendars/index.ts"
import { campaignRoutes } from "#campaigns/index.ts"
import { channels } from "#channels/index.ts"
import { entryPoints } from "#channels/entry-point-registry.ts"
import {
  connectionRoutes,
  connectionsWithCalendar,
  createConnection,
  type ConnectionKind,
  signInRoutes,
} from "#connections/index.ts"
import { contactRoutes, proveByLink } from "#contacts/index.ts"
import { updateLagMetrics, startSequencer, logWarnings } from "#event-log/index.ts"
import { agreementCronRoutes, agreementRoutes, systemHookRoutes, updateLinkedSystemMetrics } from "#agreements/index.ts"
import { adminRoutes, cronRoutes, incidentRoutes } from "#incidents/index.ts"
import { contactMergeRoutes, reopenWindowSimulation } from "#intake/index.ts"
import { failedDeliveryRoutes, webhookRoutes } from "#incoming-webhooks/index.ts"
import { fileRoutes } from "#files/index.ts"
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { openClock } from "#kernel/database/database-clock.ts"
import { type Database } from "#kernel/db.ts"
import { recentFaults, cachedProbe } from "#kernel/recent-faults.ts"
import { healthRoutes } from "#kernel/http/health-routes.ts"
import { createServer, listen, type Server } from "#kernel/http/server.ts"
import { createJobs, jobsDueSql } from "#kernel/jobs/job-queue.ts"
import type { Log } from "#kernel/log.ts"
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { openApi } from "#kernel/http/openapi.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { staticFiles } from "#kernel/http/static-files.ts"
import { openAttachmentStorage } from "#kernel/storage/file-storage.ts"
import { macroRoutes } from "#macros/index.ts"
import {
  type Authentication,
  can,
  createAuthentication,
  enforceWriteQuota,
  peopleRoutes,
  usersWithCalendar,
} from "#people/index.ts"
import { notificationRoutes } from "#notifications/index.ts"
import { replyParts, replyRoutes } from "#replies/index.ts"
import { auditRoutes } from "#audit/index.ts"
import { countsAndExportRoutes } from "#views/index.ts"
import { automationRoutes, automationRuleNamesOf } from "#automation/index.ts"
import { assignmentRulesSimulation, routingRoutes, ruleNamesOf } from "#routing/index.ts"
import { policiesWithCalendar, slaRoutes } from "#sla/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { setupStepRoutes } from "#setup/index.ts"
import { simulationRoutes, slaPoliciesSimulation } from "#simulations/index.ts"
import { surveyOfTicket, surveyRoutes } from "#surveys/index.ts"
import { trackingRoutes } from "#tracking/index.ts"
import { overdueWarnings, startTimers, type Timer, timerWarnings, updateTimerMetrics } from "#timers/index.ts"
import { categoryRoutes, customFieldRoutes, ticketRoutes, mayReadFile } from "#tickets/index.ts"
import { startRealtime } from "./realtime.ts"
import { version } from "./version.ts"
import { allJobs, startWork, timers } from "./background-work.ts"

export type Parts = { config: Config & { secret: string }; db: Database; log: Log; now?: () => Date }

export type App = { server: Server; kit: Kit; start: () => Promise<string>; stop: () => Promise<void> }

export async function createApp({ config, db, log, now }: Parts): Promise<App> {
  const outbound = createOutbound(config)
  const clock = await openClock(db, log)
  const kit: Kit = {
    db,
    secrets: createSecrets(config.secret),
    now: now ?? clock.now,
    channelApis: config.channelApis,
    outbound,
    storage: openAttachmentStorage(config),
  }
  const authentication = createAuthentication({ db, now: kit.now, publicUrl: config.publicUrl })
  const server = createServer({ log, authenticate: authentication.authenticate, trustedProxies: config.trustedProxies })
  const jobList = allJobs(kit, { publicUrl: config.publicUrl, mailIsSet: config.smtpUrl !== undefined })
  const due = [...timers, { topic: "jobs", dueSql: jobsDueSql(jobList) }]
  const runs = { web: config.role !== "worker", work: config.role !== "web" }
  const jobs = createJobs(db.url, log, jobList, { work: runs.work })
  const stops: (() => Promise<void>)[] = []
  let unready: "starting" | "draining" | null = "starting"
  let socketsAt = (): number | null => null
  const filesAway = cachedProbe(kit.storage.look)
  healthRoutes(server, db, {
    ...health({ clock, filesAway, due, socketsAt: () => socketsAt() }),
    unready: () => unready,
    metricsToken: config.metricsToken,
  })
  if (runs.web) await routes(server, kit, authentication, config)
  return {
    server,
    kit,
    start: async () => {
      // First of all: a port taken meanwhile must stop the start before any work began.
      const url = await listen(server, config)
      await jobs.start()
      stops.push(clock.stop, startSequencer(db, log).stop, startTimers(db, log, due).stop)
      if (runs.work) stops.push(...startWork(kit, log, jobs, config))
      if (runs.web) {
        const addressed = { ...kit, publicUrl: config.publicUrl }
        const realtime = startRealtime(server, addressed, log, authentication)
        socketsAt = realtime.position
        stops.push(...realtime.stops)
      }
      unready = null
      return url
    },
    stop: async () => {
      unready = "draining"
      // At once, so that answers from now on ask their connections to end: kept alive, they would never let the server close.
      const closed = server.close()
      await Promise.all(stops.map((stop) => stop()))
      await Promise.all([closed, jobs.stop()])
    },
  }
}

type Watched = {
  clock: Awaited<ReturnType<typeof openClock>>
  filesAway: () => Promise<string[]>
  due: readonly Timer[]
  socketsAt: () => number | null
}

/** What /readyz warns of and /metrics measures. */
const health = ({ clock, filesAway, due, socketsAt }: Watched) => ({
  warnings: async (pool: Pool) => [
    ...clock.warnings(),
    ...(await logWarnings(pool, socketsAt())),
    ...new Set([...timerWarnings(), ...(await overdueWarnings(pool, due).catch(() => []))]),
    ...new Set([...(await filesAway()), ...recentFaults()]),
  ],
  measure: async (pool: Pool) => {
    await updateLagMetrics(pool, socketsAt())
    await updateTimerMetrics(pool, due)
    await updateLinkedSystemMetrics(pool)
    for (const { measure } of entryPoints) await measure?.(pool)
  },
})

const namesOfRules: typeof ruleNamesOf = async (db, ids) =>
  new Map([...(await ruleNamesOf(db, ids)), ...(await automationRuleNamesOf(db, ids))])

async function routes(server: Server, kit: Kit, authentication: Authentication, config: Config) {
  enforceWriteQuota(server, kit.db)
  await openApi(server, { title: "Hilo", version, description: "One problem, one ticket, one story." })
  const afterSetUp = async (act: Act) => {
    for (const [kind, { firstConnection: name }] of Object.entries(channels))
      if (name) await createConnection(act, kit.secrets, { kind: kind as ConnectionKind, name })
  }
  const addressed = { ...kit, publicUrl: config.publicUrl, mailIsSet: config.smtpUrl !== undefined }
  peopleRoutes(server, { ...addressed, authentication, afterSetUp, provedByLink: proveByLink })
  settingsRoutes(server, kit, can.manageSettings)
  setupStepRoutes(server, addressed)
  calendarRoutes(server, kit, {
    see: can.beStaff,
    manage: can.manageCalendars,
    findUses: [connectionsWithCalendar, usersWithCalendar, policiesWithCalendar],
  })
  slaRoutes(server, kit)
  connectionRoutes(server, kit)
  signInRoutes(server, addressed)
  contactRoutes(server, kit)
  categoryRoutes(server, kit)
  campaignRoutes(server, kit)
  customFieldRoutes(server, kit)
  macroRoutes(server, kit)
  auditRoutes(server, kit)
  countsAndExportRoutes(server, kit)
  ticketRoutes(server, kit, { names: namesOfRules, parts: replyParts(kit) })
  routingRoutes(server, kit)
  automationRoutes(server, kit)
  simulationRoutes(server, kit, [assignmentRulesSimulation, slaPoliciesSimulation, reopenWindowSimulation])
  replyRoutes(server, kit)
  surveyRoutes(server, kit)
  trackingRoutes(server, addressed, surveyOfTicket)
  notificationRoutes(server, kit)
  fileRoutes(server, kit, mayReadFile)
  contactMergeRoutes(server, kit)
  failedDeliveryRoutes(server, kit)
  webhookRoutes(server, kit)
  for (const { routes: ownRoutes } of entryPoints) ownRoutes?.(server, addressed)
  agreementRoutes(server, kit)
  incidentRoutes(server, kit)
  adminRoutes(server, kit, config.cronSecret)
  cronRoutes(server, kit, config.cronSecret)
  agreementCronRoutes(server, kit, config.cronSecret)
  systemHookRoutes(server, kit, { allowUnauthenticated: config.grHookAllowUnauthenticated })
  await staticFiles(server)
}
