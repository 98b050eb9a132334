// The composition root: the only file that knows everyone. Configuration and a database go in, a running Hilo comes out.
import { join } from "node:path"
import type { Config } from "#kernel/config.ts"
import { campaignRoutes, campaignsTimer, startCampaigns } from "#campaigns/index.ts"
import { chatPages, connectionJobs, connectionRoutes, createConnection, forgetOldVisitors } from "#connections/index.ts"
import { contactJobs, contactRoutes, proveByLink } from "#contacts/index.ts"
import { logTimers, measureLag, startDispatcher, startSequencer, warningsOfLog } from "#events/index.ts"
import { adminRoutes, cronRoutes, incidentJobs, incidentRoutes } from "#incidents/index.ts"
import {
  chatFileRoutes,
  chatRoutes,
  deliveriesTimer,
  fileJobs,
  forgetOldDeliveries,
  forgetReplayedElements,
  intakeRoutes,
  setAsideRoutes,
  startDeliveries,
  whatsappRoutes,
} from "#intake/index.ts"
import type { Act } from "#kernel/act.ts"
import type { Kit } from "#kernel/answer.ts"
import { openClock } from "#kernel/clock.ts"
import { type Database } from "#kernel/db.ts"
import { recentFaults, remembered } from "#kernel/faults.ts"
import { healthRoutes } from "#kernel/health.ts"
import { createServer, listen, type Server } from "#kernel/http.ts"
import { createJobs, type Job, type Jobs, jobsDueSql } from "#kernel/jobs.ts"
import type { Log } from "#kernel/log.ts"
import { startLoop } from "#kernel/loop.ts"
import { forgetOldMails, mailDueSql, startMail } from "#kernel/mail.ts"
import { createOutbound } from "#kernel/outbound/client.ts"
import { openApi } from "#kernel/openapi.ts"
import { openPostOffice } from "#kernel/post-office.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { staticFiles } from "#kernel/static.ts"
import { openStorage } from "#kernel/storage.ts"
import { forgetOldKeys, forgetOldLimits, tidyJob } from "#kernel/tidy.ts"
import { macroRoutes } from "#macros/index.ts"
import { fileTidyJob, forgetDraftsLeftBehind, purgeReports } from "#messages/index.ts"
import {
  type Authentication,
  can,
  createAuthentication,
  endExpiredSessions,
  limitWrites,
  forgetOldLinks,
  linkWriters,
  linksTimer,
  forgetOldPasswordLinks,
  peopleRoutes,
  presenceTimer,
  startPresence,
  startSignInLinks,
} from "#people/index.ts"
import {
  customerNewsTimer,
  forgetOldNotifications,
  notificationRoutes,
  startCustomerNews,
  startNotifications,
} from "#notifications/index.ts"
import { fileRoutes, outboxTimer, purgeSends, replyJobs, replyRoutes, startOutbox } from "#replies/index.ts"
import { auditRoutes } from "#reports/index.ts"
import { searchRoutes } from "#search/index.ts"
import {
  purgeRoutingQueue,
  routingJobs,
  routingRoutes,
  routingTimer,
  ruleNamesOf,
  startRouting,
} from "#routing/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import { startTimers } from "#timers/index.ts"
import {
  categoryRoutes,
  customFieldRoutes,
  forgetLooks,
  snoozeTimer,
  startWaking,
  ticketRoutes,
} from "#tickets/index.ts"
import { startRealtime } from "./sockets.ts"
import { version } from "./version.ts"

export type Parts = { config: Config & { secret: string }; db: Database; log: Log; now?: () => Date }

export type App = { server: Server; kit: Kit; start: () => Promise<string>; stop: () => Promise<void> }

export async function createApp({ config, db, log, now }: Parts): Promise<App> {
  const outbound = createOutbound(config)
  const clock = await openClock(db, log)
  const kit: Kit = {
    db,
    secrets: createSecrets(config.secret),
    now: now ?? clock.now,
    graphUrl: config.whatsappApiUrl,
    outbound,
    storage: openStorage(join(config.dataFolder, "attachments"), config.s3Url),
  }
  const authentication = createAuthentication({ db, now: kit.now, publicUrl: config.publicUrl })
  const server = createServer({ log, authenticate: authentication.authenticate, trustedProxies: config.trustedProxies })
  const due = [...timers, { topic: "jobs", dueSql: jobsDueSql(allJobs(kit)) }]
  const runs = { web: config.role !== "worker", work: config.role !== "web" }
  const jobs = createJobs(db.url, log, allJobs(kit), { work: runs.work })
  const stops: (() => Promise<void>)[] = []
  let unready: "starting" | "draining" | null = "starting"
  let socketsAt = (): number | null => null
  const filesAway = remembered(kit.storage.look)
  healthRoutes(server, db, {
    warnings: async (lane) => [
      ...clock.warnings(),
      ...(await warningsOfLog(lane, socketsAt())),
      ...new Set([...(await filesAway()), ...recentFaults()]),
    ],
    measure: (lane) => measureLag(lane, socketsAt()),
    unready: () => unready,
    metricsToken: config.metricsToken,
  })
  if (runs.web) await routes(server, kit, authentication, config)
  return {
    server,
    kit,
    start: async () => {
      // First of all: whoever took the port meanwhile must stop the start before any work began.
      const url = await listen(server, config)
      await jobs.start()
      stops.push(clock.stop, startSequencer(db, log).stop, startTimers(db, log, due).stop)
      if (runs.work) stops.push(...startWork(kit, log, jobs, config))
      if (runs.web) {
        const realtime = startRealtime(server, kit, log, authentication)
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

// Each server wakes its own loops; what it does not run, nobody hears there.
const timers = [
  ...logTimers,
  outboxTimer,
  deliveriesTimer,
  campaignsTimer,
  presenceTimer,
  routingTimer,
  snoozeTimer,
  linksTimer,
  customerNewsTimer,
  { topic: "mail", dueSql: mailDueSql },
]

const allJobs = (kit: Kit): Job[] => [
  ...replyJobs(kit),
  ...fileJobs(kit),
  ...connectionJobs(kit),
  ...contactJobs(kit),
  ...incidentJobs(kit),
  ...routingJobs(kit),
  fileTidyJob(kit),
  tidyJob(kit, letGo),
]

const letGo = [
  forgetOldKeys,
  forgetOldLimits,
  forgetOldMails,
  forgetOldLinks,
  forgetOldPasswordLinks,
  forgetOldVisitors,
  endExpiredSessions,
  forgetDraftsLeftBehind,
  forgetOldDeliveries,
  forgetReplayedElements,
  purgeSends,
  purgeReports,
  purgeRoutingQueue,
  forgetOldNotifications,
  forgetLooks,
]

const startWork = (kit: Kit, log: Log, jobs: Jobs, config: Config) => [
  startDispatcher(kit.db, log, jobs).stop,
  startLoop(kit.db, log, { name: "jobs", step: () => jobs.takeDue(kit.db) }).stop,
  startOutbox({ kit, log }).stop,
  startDeliveries(kit, log).stop,
  startCampaigns(kit, log).stop,
  startPresence(kit, log).stop,
  startRouting(kit, log).stop,
  startWaking(kit, log).stop,
  startSignInLinks(kit, log).stop,
  startMail(kit, log, { post: openPostOffice(config), writers: linkWriters(config.publicUrl) }).stop,
  startNotifications(kit, log).stop,
  startCustomerNews(kit, log, config.publicUrl).stop,
]

async function routes(server: Server, kit: Kit, authentication: Authentication, config: Config) {
  limitWrites(server, kit.db)
  await openApi(server, { title: "Hilo", version, description: "One problem, one ticket, one story." })
  const afterSetUp = async (act: Act) => {
    await createConnection(act, kit.secrets, { kind: "webchat", name: "Chat" })
  }
  const mailIsSet = config.smtpUrl !== undefined
  const desk = { authentication, publicUrl: config.publicUrl, mailIsSet, afterSetUp, provedByLink: proveByLink }
  peopleRoutes(server, { ...kit, ...desk })
  settingsRoutes(server, kit, can.manageSettings)
  connectionRoutes(server, kit)
  contactRoutes(server, kit)
  categoryRoutes(server, kit)
  campaignRoutes(server, kit)
  customFieldRoutes(server, kit)
  macroRoutes(server, kit)
  auditRoutes(server, kit)
  searchRoutes(server, kit)
  ticketRoutes(server, kit, ruleNamesOf)
  routingRoutes(server, kit)
  replyRoutes(server, kit)
  notificationRoutes(server, kit)
  fileRoutes(server, kit)
  intakeRoutes(server, kit)
  setAsideRoutes(server, kit)
  whatsappRoutes(server, kit)
  chatRoutes(server, kit)
  chatFileRoutes(server, kit)
  incidentRoutes(server, kit)
  adminRoutes(server, kit, config.cronSecret)
  cronRoutes(server, kit, config.cronSecret)
  chatPages(server)
  await staticFiles(server)
}
