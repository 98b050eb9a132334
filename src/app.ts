// The composition root: the only file that knows everyone. Configuration and a database go in, a running Hilo comes out.
import { join } from "node:path"
import type { Config } from "#kernel/config.ts"
import { campaignRoutes, startCampaigns } from "#campaigns/index.ts"
import { chatPages, connectionJobs, connectionRoutes, createConnection } from "#connections/index.ts"
import { contactRoutes } from "#contacts/index.ts"
import {
  customerRoom,
  type LoggedEvent,
  measureLag,
  missedSince,
  startDelivery,
  startDispatcher,
  startSequencer,
  warningsOfLog,
} from "#events/index.ts"
import { adminRoutes, cronRoutes, incidentJobs, incidentRoutes } from "#incidents/index.ts"
import {
  chatDoor,
  chatRoutes,
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
import { type Database } from "#kernel/db.ts"
import { healthRoutes } from "#kernel/health.ts"
import { createServer, type Server } from "#kernel/http.ts"
import { createJobs, type Job, type Jobs } from "#kernel/jobs.ts"
import type { Log } from "#kernel/log.ts"
import { forgetOldMails, startMail } from "#kernel/mail.ts"
import { createOutbound } from "#kernel/outbound/client.ts"
import { openApi } from "#kernel/openapi.ts"
import { type Admission, type Door, type Handshake, openSockets, type Realtime } from "#kernel/realtime.ts"
import { openPostOffice } from "#kernel/post-office.ts"
import { createSecrets } from "#kernel/secrets.ts"
import { staticFiles } from "#kernel/static.ts"
import { openStorage } from "#kernel/storage.ts"
import { forgetOldKeys, forgetOldLimits, tidyJob } from "#kernel/tidy.ts"
import { macroRoutes } from "#macros/index.ts"
import { fileTidyJob, forgetDraftsLeftBehind, purgeReports } from "#messages/index.ts"
import {
  type Attendance,
  type Authentication,
  can,
  createAuthentication,
  endExpiredSessions,
  limitWrites,
  forgetOldLinks,
  forgetOldPasswordLinks,
  peopleRoutes,
  startAttendance,
  startPresence,
  startSignInLinks,
  type Principal,
} from "#people/index.ts"
import {
  forgetOldNotifications,
  notificationRoutes,
  startCustomerNews,
  startNotifications,
  tellNotified,
} from "#notifications/index.ts"
import { fileRoutes, purgeSends, replyJobs, replyRoutes, startOutbox } from "#replies/index.ts"
import { auditRoutes } from "#reports/index.ts"
import { searchRoutes } from "#search/index.ts"
import { purgeRoutingQueue, routingJobs, routingRoutes, ruleNamesOf, startRouting } from "#routing/index.ts"
import { settingsRoutes } from "#settings/index.ts"
import {
  categoryRoutes,
  Company,
  customFieldRoutes,
  factsOfTickets,
  forgetLooks,
  startWaking,
  ticketRoutes,
  visibleAmong,
} from "#tickets/index.ts"
import { version } from "./version.ts"

export type Parts = { config: Config & { secret: string }; db: Database; log: Log; now?: () => Date }

export type App = { server: Server; kit: Kit; start: () => Promise<string>; stop: () => Promise<void> }

export async function createApp({ config, db, log, now = () => new Date() }: Parts): Promise<App> {
  const outbound = createOutbound(config)
  const kit: Kit = {
    db,
    secrets: createSecrets(config.secret),
    now,
    graphUrl: config.whatsappApiUrl,
    outbound,
    storage: openStorage(join(config.dataFolder, "attachments"), config.s3Url),
  }
  const authentication = createAuthentication({ db, now, publicUrl: config.publicUrl })
  const server = createServer({ log, authenticate: authentication.authenticate, trustedProxies: config.trustedProxies })
  const runs = { web: config.role !== "worker", work: config.role !== "web" }
  const jobs = createJobs(db.url, log, allJobs(kit), { work: runs.work })
  const stops: (() => Promise<void>)[] = []
  let draining = false
  let socketsAt = (): number | null => null
  healthRoutes(server, db, {
    warnings: (lane) => warningsOfLog(lane, socketsAt()),
    measure: (lane) => measureLag(lane, socketsAt()),
    isDraining: () => draining,
  })
  if (runs.web) await routes(server, kit, authentication, config)
  return {
    server,
    kit,
    start: async () => {
      await jobs.start()
      stops.push(startSequencer(db, log).stop)
      if (runs.work) stops.push(...startWork(kit, log, jobs, config))
      const url = await server.listen({ port: config.port, host: config.host })
      if (runs.web) {
        const realtime = startRealtime(server, kit, log, authentication)
        socketsAt = realtime.position
        stops.push(...realtime.stops)
      }
      return url
    },
    stop: async () => {
      draining = true
      // At once, so that answers from now on ask their connections to end: kept alive, they would never let the server close.
      const closed = server.close()
      await Promise.all(stops.map((stop) => stop()))
      await Promise.all([closed, jobs.stop()])
    },
  }
}

const allJobs = (kit: Kit): Job[] => [
  ...replyJobs(kit),
  ...fileJobs(kit),
  ...connectionJobs(kit),
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
  startOutbox({ kit, log }).stop,
  startDeliveries(kit, log).stop,
  startCampaigns(kit, log).stop,
  startPresence(kit, log).stop,
  startRouting(kit, log).stop,
  startWaking(kit, log).stop,
  startSignInLinks(kit, log, config.publicUrl).stop,
  startMail(kit, log, { post: openPostOffice(config), writers: {} }).stop,
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
  peopleRoutes(server, { ...kit, authentication, publicUrl: config.publicUrl, mailIsSet, afterSetUp })
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
  incidentRoutes(server, kit)
  adminRoutes(server, kit, config.cronSecret)
  cronRoutes(server, kit, config.cronSecret)
  chatPages(server)
  await staticFiles(server)
}

// After a change of people their sockets must stand on what is right now.
const peopleChanged = new Set(["user.changed", "user.disabled", "user.password_reset", "session.ended", "key.revoked"])

// A key stands for its user; everything else about people is about the user themselves.
const whoseSockets = ({ data, subjectId }: LoggedEvent) =>
  typeof data["userId"] === "string" ? data["userId"] : subjectId

/** Whose sockets may have been admitted with what this changed. */
function roomsToRecheck(event: LoggedEvent): string[] {
  if (event.kind === "team.changed") return ["staff"]
  if (peopleChanged.has(event.kind)) return [`user:${whoseSockets(event)}`, customerRoom(`${whoseSockets(event)}`)]
  // A customer's first request makes them a contact; two contacts that become one were two customers.
  if (event.kind === "ticket.created" && (event.actorKind === "user" || event.actorKind === "key"))
    return [customerRoom(`${event.actorId}`)]
  if (event.kind === "contact.merged")
    return [customerRoom(`${event.data["source"]}`), `contact:${event.data["source"]}`]
  return []
}

/** What a person's socket stands on: who they are and what they may. */
const grantsOf = ({ kind, id, role, teamIds, contactId, keyId }: Principal) =>
  JSON.stringify([kind, id, role, teamIds, contactId, keyId])

function startRealtime(server: Server, kit: Kit, log: Log, authentication: Authentication) {
  const facts = (ids: string[]) => factsOfTickets(kit.db, ids)
  const attendance = startAttendance(kit, log)
  const company = new Company(kit, (emission) => realtime.emit(emission))
  const doors = [staffDoor(kit, authentication, { attendance, company }), chatDoor(kit)]
  const realtime: Realtime = openSockets(server.server, log, doors)
  const delivery = startDelivery(kit.db, log, facts, realtime.emit, (event) => {
    if (roomsToRecheck(event).length > 0) authentication.forget()
    for (const room of roomsToRecheck(event)) realtime.recheck(room)
    if (event.kind === "ticket.assigned" && event.ticketId !== null) company.recheck(event.ticketId)
  })
  // Sockets first: their going is still to be written down.
  const close = async () => {
    await realtime.close()
    await Promise.all([attendance.stop(), company.stop()])
  }
  return { position: delivery.position, stops: [delivery.stop, tellNotified(kit.db, realtime.emit), close] }
}

/** Customers hear that their own tickets moved; what they missed they fetch. They have nothing to say here. */
function customersSeat(kit: Kit, who: Principal, lastEventId: unknown): Admission {
  const rooms = [who.id, who.contactId].flatMap((id) => (typeof id === "string" ? [customerRoom(id)] : []))
  const nothingBefore = async () =>
    missedSince(
      kit.db,
      undefined,
      async () => new Map(),
      async () => new Set(),
    )
  return {
    grants: grantsOf(who),
    rooms,
    missed: lastEventId === undefined ? nothingBefore : async () => "resync" as const,
  }
}

/** Staff hear of what they may see: everything, their teams', and their own. */
function staffDoor(
  kit: Kit,
  authentication: Authentication,
  { attendance, company }: { attendance: Attendance; company: Company },
): Door {
  // As a write would: a cookie counts only from our own pages.
  const comes = ({ headers, auth }: Handshake) => {
    const token = typeof auth["token"] === "string" ? { authorization: `Bearer ${auth["token"]}` } : {}
    return authentication.authenticate({ method: "POST", headers: { ...headers, ...token } })
  }
  return {
    namespace: "/",
    grants: async (handshake) => {
      const who = await comes(handshake)
      return who && grantsOf(who)
    },
    admit: async (handshake) => {
      const who = await comes(handshake)
      const { auth } = handshake
      if (who?.role === "user") return customersSeat(kit, who, auth["lastEventId"])
      if (!who) return null
      const rooms = [
        "staff",
        `user:${who.id}`,
        `staff:${who.id}`,
        ...(who.role === "admin" ? ["admins"] : who.teamIds.map((id) => `team:${id}`)),
      ]
      const facts = (ids: string[]) => factsOfTickets(kit.db, ids)
      const seat = company.enter(who)
      return {
        grants: grantsOf(who),
        rooms,
        state: () => company.state(who),
        says: seat.says,
        came: () => attendance.came(who.id),
        left: () => {
          attendance.left(who.id)
          seat.left()
        },
        missed: () => missedSince(kit.db, auth["lastEventId"], facts, (ids) => visibleAmong(kit.db, who, ids)),
      }
    },
  }
}
