// What runs in the background: timers on every server, jobs and loops on those that work.
import type { Config } from "#kernel/config.ts"
import {
  agreementJobs,
  agreementsTimer,
  hooksTimer,
  purgeHooks,
  startAgreements,
  startHookProcessing,
} from "#agreements/index.ts"
import { automationJobs, automationTimer, startAutomation } from "#automation/index.ts"
import { calendarJobs } from "#calendars/index.ts"
import { campaignsTimer, startCampaigns } from "#campaigns/index.ts"
import { entryPoints } from "#channels/entry-point-registry.ts"
import { connectionJobs } from "#connections/index.ts"
import { contactJobs } from "#contacts/index.ts"
import { logTimers, startDispatcher } from "#event-log/index.ts"
import { incidentJobs } from "#incidents/index.ts"
import { fileJobs, mailThreadJobs } from "#intake/index.ts"
import {
  createDeliveryStore,
  deliveriesTimer,
  purgeDeliveries,
  purgeFloodMails,
  purgeReplayedElements,
  rawMailCleanupJob,
  startDeliveryProcessing,
} from "#incoming-webhooks/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { type Job, type Jobs } from "#kernel/jobs/job-queue.ts"
import type { Log } from "#kernel/log.ts"
import { startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { purgeMails, mailDueSql, startMailWorker } from "#kernel/mail/mail-queue.ts"
import { openMailTransport } from "#kernel/mail/mail-transport.ts"
import { purgeIdempotencyKeys, purgeRateLimits, cleanupJob } from "#kernel/jobs/cleanup.ts"
import { uploadCleanupJob } from "#files/index.ts"
import { purgeDrafts, purgeReports } from "#messages/index.ts"
import {
  endExpiredSessions,
  purgeSignInLinks,
  linkMailWriters,
  linksTimer,
  purgePasswordLinks,
  presenceTimer,
  startPresenceUpdates,
  startSignInLinks,
} from "#people/index.ts"
import {
  alertJobs,
  customerEmailsTimer,
  purgeNotifications,
  startCustomerEmails,
  startNotifications,
} from "#notifications/index.ts"
import { replyJobs, sendByMailbox } from "#replies/index.ts"
import { outboxJobs, outboxTimer, purgeSends, startOutbox } from "#outbox/index.ts"
import { purgeRoutingQueue, routingJobs, routingTimer, startRouting } from "#routing/index.ts"
import { slaTimer, startDeadlines } from "#sla/index.ts"
import { escalationJobs } from "#escalations/index.ts"
import { purgeSimulations } from "#simulations/index.ts"
import { surveyJobs } from "#surveys/index.ts"
import { purgeTrackingLinks, trackingMailWriters } from "#tracking/index.ts"
import { autoCloseTimer, purgeAccessLog, snoozeTimer, startAutoClose, startUnsnoozing } from "#tickets/index.ts"

// Each server wakes its own loops; wake-ups of loops that it does not run go unused.
export const timers = [
  ...logTimers,
  outboxTimer,
  deliveriesTimer,
  campaignsTimer,
  presenceTimer,
  routingTimer,
  snoozeTimer,
  slaTimer,
  agreementsTimer,
  hooksTimer,
  autoCloseTimer,
  automationTimer,
  linksTimer,
  customerEmailsTimer,
  { topic: "mail", dueSql: mailDueSql },
]

/** `mailIsSet`: mail leaves by a server, and not as files. */
export const allJobs = (kit: Kit, { publicUrl, mailIsSet }: { publicUrl: string; mailIsSet: boolean }): Job[] => [
  ...replyJobs(kit, publicUrl),
  ...surveyJobs(kit, publicUrl),
  ...fileJobs(kit),
  ...outboxJobs(kit),
  ...mailThreadJobs(kit),
  ...calendarJobs(kit),
  ...connectionJobs(kit),
  ...contactJobs(kit, publicUrl),
  ...incidentJobs(kit),
  ...routingJobs(kit),
  ...escalationJobs(kit),
  ...alertJobs(kit, { publicUrl, mailIsSet }),
  ...automationJobs(kit),
  ...agreementJobs(kit),
  uploadCleanupJob(kit),
  rawMailCleanupJob(kit),
  cleanupJob(kit, purges),
]

const purges = [
  purgeIdempotencyKeys,
  purgeRateLimits,
  purgeMails,
  purgeSignInLinks,
  purgePasswordLinks,
  purgeTrackingLinks,
  ...entryPoints.flatMap(({ purges = [] }) => purges),
  endExpiredSessions,
  purgeDrafts,
  purgeDeliveries,
  purgeFloodMails,
  purgeReplayedElements,
  purgeHooks,
  purgeSends,
  purgeReports,
  purgeRoutingQueue,
  purgeNotifications,
  purgeAccessLog,
  purgeSimulations,
]

const mailWriters = (publicUrl: string) => ({ ...linkMailWriters(publicUrl), ...trackingMailWriters(publicUrl) })

const mailTransport = (kit: Kit, config: Config) =>
  sendByMailbox(kit, openMailTransport(config), config.smtpUrl !== undefined)

export const startWork = (kit: Kit, log: Log, jobs: Jobs, config: Config) => [
  startDispatcher(kit.db, log, jobs).stop,
  startPollingLoop(kit.db, log, { name: "jobs", step: () => jobs.takeDue(kit.db) }).stop,
  startOutbox({ kit, log }).stop,
  startDeliveryProcessing(kit, log).stop,
  ...entryPoints.flatMap(({ loops }) => loops?.(kit, log, createDeliveryStore(kit.db)) ?? []).map(({ stop }) => stop),
  startCampaigns(kit, log).stop,
  startPresenceUpdates(kit, log).stop,
  startRouting(kit, log).stop,
  startUnsnoozing(kit, log).stop,
  startDeadlines(kit, log).stop,
  startAutoClose(kit, log).stop,
  startAutomation(kit, log).stop,
  startAgreements(kit, log).stop,
  ...startHookProcessing(kit, log).map(({ stop }) => stop),
  startSignInLinks(kit, log).stop,
  startMailWorker(kit, log, { post: mailTransport(kit, config), writers: mailWriters(config.publicUrl) }).stop,
  startNotifications(kit, log).stop,
  startCustomerEmails(kit, log, config.publicUrl).stop,
]
