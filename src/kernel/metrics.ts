import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"

export const registry = new Registry()
// Each look at the delays of the event loop wakes the process: at the 10 ms of the library an idle server did little else.
// What is shown is the time between two looks: 0.1 s where nothing delays.
collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })

const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export const httpSeconds = new Histogram({
  name: "hilo_http_request_seconds",
  help: "How long answers took, by route pattern",
  labelNames: ["method", "route", "status"],
  buckets: seconds,
  registers: [registry],
})

export const jobsDone = new Counter({
  name: "hilo_jobs_total",
  help: "Jobs that ended, by name and outcome (done, failed)",
  labelNames: ["job", "outcome"],
  registers: [registry],
})

export const logLag = new Gauge({
  name: "hilo_log_lag_seconds",
  help: "For how long the oldest event waits that a reader of the log has not read; the sequencer gives events their place",
  labelNames: ["reader"],
  registers: [registry],
})

export const timerFailing = new Gauge({
  name: "hilo_timer_failing",
  help: "1 while the query of what is due for a topic fails; its work is then looked for every second",
  labelNames: ["topic"],
  registers: [registry],
})

export const timerLag = new Gauge({
  name: "hilo_timer_lag_seconds",
  help: "For how long the oldest work is due that nobody has done, by what wakes it: deliveries, outbox, jobs and the like",
  labelNames: ["topic"],
  registers: [registry],
})

export const linkedSystemFailing = new Gauge({
  name: "hilo_linked_system_failing_seconds",
  help: "For how long a linked system has given no answer that is of use; 0 while it does",
  labelNames: ["system", "kind", "name"],
  registers: [registry],
})

export const linkedSystemSilent = new Gauge({
  name: "hilo_linked_system_silent_seconds",
  help: "How long ago a linked system last answered, or posted",
  labelNames: ["system", "kind", "name"],
  registers: [registry],
})

const mailboxLabels = ["mailbox", "name"] as const

export const mailboxWaiting = new Gauge({
  name: "hilo_mailbox_waiting",
  help: "Mails of a mailbox that were fetched and are not received yet",
  labelNames: mailboxLabels,
  registers: [registry],
})

export const mailboxOldestWaiting = new Gauge({
  name: "hilo_mailbox_oldest_waiting_seconds",
  help: "For how long the oldest of them waits; 0 when none does",
  labelNames: mailboxLabels,
  registers: [registry],
})

export const mailboxQuarantined = new Gauge({
  name: "hilo_mailbox_quarantined",
  help: "Mails of a mailbox that could not be received and that nobody has settled",
  labelNames: mailboxLabels,
  registers: [registry],
})

export const mailboxQueued = new Gauge({
  name: "hilo_mailbox_queued",
  help: "Messages that have not left a mailbox yet",
  labelNames: mailboxLabels,
  registers: [registry],
})

export const mailboxFailing = new Gauge({
  name: "hilo_mailbox_failing_seconds",
  help: "For how long a mailbox cannot be read or cannot send; 0 while it can",
  labelNames: mailboxLabels,
  registers: [registry],
})

export const socketsOpen = new Gauge({
  name: "hilo_sockets",
  help: "Sockets connected to this server",
  registers: [registry],
})

export const webhookElements = new Counter({
  name: "hilo_webhook_elements_total",
  help: "Elements of webhooks that were processed, by what became of them",
  labelNames: ["outcome"],
  registers: [registry],
})
