// hilo bench [--quick] [--only intake,lists,search,live,screens,chromium-screens,first-load,start,idle,whatsapp,assignment,incidents,agreements,sla,doctor,backup,import,numbers,track,mail]
// Measures this machine and Hilo on it, in turns, on databases of its own, and writes what it measured into docs/benchmarks.md;
// a quick run only shows it.
import { readFileSync, writeFileSync } from "node:fs"
import { loadavg } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { benchAgreements } from "#bench/agreements/sync-and-check-tickets.ts"
import { benchAssignment } from "#bench/create-tickets-with-and-without-routing.ts"
import { benchBackup } from "#bench/backup-and-restore.ts"
import { type BenchPostgres, openBenchPostgres } from "#bench/postgres-for-bench.ts"
import { benchImport } from "#bench/import/import-throughput.ts"
import { benchIdle } from "#bench/cost-of-idle-server.ts"
import { benchIncidents } from "#bench/incident-reports-checks-and-lists.ts"
import { benchMail } from "#bench/mail/run-mail-benches.ts"
import { benchIntake } from "#bench/intake-against-leanest-sql.ts"
import { benchLists, createBenchDesk } from "#bench/staff-work-by-desk-size.ts"
import { benchLiveUpdates } from "#bench/message-to-open-sockets.ts"
import { benchOpenScreens } from "#bench/cost-of-open-inboxes.ts"
import { describeMachine } from "#bench/describe-machine.ts"
import { explainLists } from "#bench/list-query-plans.ts"
import { type BenchResults, formatReport } from "#bench/report/format-report.ts"
import { replaceSections } from "#bench/report/replace-sections.ts"
import { benchSearch } from "#bench/answer-times-on-largest-desk.ts"
import { benchSla } from "#bench/sla/run-sla-benches.ts"
import { benchRepair } from "#bench/doctor/repair-ruined-database.ts"
import { benchStartTime } from "#bench/start-time.ts"
import { benchTicketNumbers } from "#bench/tickets/numbers-from-several-processes.ts"
import { benchTracking } from "#bench/tracking/answer-times-of-guesses.ts"
import { benchWhatsApp } from "#bench/whatsapp/run-whatsapp-benches.ts"

export const usage = `hilo bench [--quick] [--only intake,lists,search,live,screens,chromium-screens,first-load,start,idle,whatsapp,assignment,incidents,agreements,sla,doctor,backup,import,numbers,track,mail]`

const page = join(import.meta.dirname, "../../docs/benchmarks.md")

const scales = {
  full: {
    intake: { rounds: 3, seconds: 6, clients: [1, 8, 32], processes: [1, 2, 4] },
    lists: { sizes: [1_000, 100_000, 1_000_000], rounds: 3, seconds: 1.5 },
    search: { tickets: 1_000_000, seconds: 4 },
    live: { sockets: 200, messages: 150 },
    screens: { screens: [0, 20, 100], messages: 300 },
    chromiumScreens: { pages: 8, messages: 200 },
    visits: 3,
    import: { tickets: 100_000 },
    numbers: { tickets: 10_000, processes: 4, clients: 8 },
    starts: 3,
    idle: { settleSeconds: 130, seconds: 60 },
    incidents: {
      failures: 50_000,
      shipments: 1_000_000,
      contacts: 100_000,
      stuck: 2_000,
      incidents: 500_000,
      looks: 600,
    },
    agreements: { tickets: 20_000, windows: 500 },
    doctor: { tickets: 100_000 },
    assignment: { rounds: 3, seconds: 5, clients: 16 },
    tracking: { tickets: 20_000, guesses: 10_000 },
    sla: {
      dueTimes: 10_000,
      deadlines: 10_000,
      calendar: { tickets: 100_000, secondsBefore: 20 },
      intake: { rounds: 4, seconds: 5, clients: 32 },
    },
    whatsapp: {
      webhook: { seconds: 6, rounds: 3 },
      drain: { deliveries: 20_000, rounds: 3, seconds: 6 },
      screen: { perSecond: 100, seconds: 20, sockets: 20 },
      contacts: 10_000,
    },
    mail: { waiting: 10_000, arrivals: 100 },
    backup: { tickets: 1_000_000 },
  },
  quick: {
    intake: { rounds: 1, seconds: 3, clients: [1, 8, 32], processes: [1, 2, 4] },
    lists: { sizes: [1_000, 20_000], rounds: 1, seconds: 0.5 },
    search: { tickets: 20_000, seconds: 0.5 },
    live: { sockets: 200, messages: 30 },
    screens: { screens: [0, 20, 100], messages: 60 },
    chromiumScreens: { pages: 8, messages: 50 },
    visits: 1,
    import: { tickets: 10_000 },
    numbers: { tickets: 2_000, processes: 4, clients: 8 },
    starts: 1,
    idle: { settleSeconds: 10, seconds: 10 },
    incidents: { failures: 5_000, shipments: 50_000, contacts: 10_000, stuck: 500, incidents: 30_000, looks: 120 },
    agreements: { tickets: 2_000, windows: 50 },
    doctor: { tickets: 10_000 },
    assignment: { rounds: 1, seconds: 3, clients: 16 },
    tracking: { tickets: 2_000, guesses: 1_500 },
    sla: {
      dueTimes: 2_000,
      deadlines: 1_000,
      calendar: { tickets: 10_000, secondsBefore: 5 },
      intake: { rounds: 2, seconds: 3, clients: 32 },
    },
    whatsapp: {
      webhook: { seconds: 3, rounds: 1 },
      drain: { deliveries: 5_000, rounds: 1, seconds: 3 },
      screen: { perSecond: 100, seconds: 5, sockets: 5 },
      contacts: 800,
    },
    mail: { waiting: 1_000, arrivals: 20 },
    backup: { tickets: 20_000 },
  },
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { quick: { type: "boolean" }, only: { type: "string" } } })
  const names = Object.keys(parts)
  const asked = values.only?.split(",") ?? names
  if (asked.some((name) => !names.includes(name))) throw new Error(`--only takes ${names.join(", ")}`)
  const ground = await openBenchPostgres()
  try {
    const { found, failed } = await measure(ground, scales[values.quick ? "quick" : "full"], asked)
    const text = formatReport(found)
    console.log(`\n${text}`)
    if (!values.quick) writeFileSync(page, replaceSections(readFileSync(page, "utf8"), text))
    const readAll = found.lists?.plans.filter((plan) => plan.readsAll) ?? []
    for (const { list } of readAll) console.error(`The list "${list}" reads the whole table of tickets.`)
    return readAll.length + failed.length > 0 ? 1 : 0
  } finally {
    await ground.close()
  }
}

type Work = (ground: BenchPostgres, scale: (typeof scales)["full"], found: BenchResults) => Promise<void>

// In this order: the search looks through the desk that the lists have filled, and the backup drops it.
const parts: Record<string, { says: string; work: Work }> = {
  start: {
    says: "Starting",
    work: async (ground, { starts }, found) => void (found.start = await benchStartTime(ground, starts)),
  },
  idle: { says: "Idle", work: async (ground, { idle }, found) => void (found.idle = await benchIdle(ground, idle)) },
  intake: {
    says: "A message in (clients: messages per second)",
    work: async (ground, { intake }, found) => void (found.intake = await benchIntake(ground, intake, console.log)),
  },
  incidents: {
    says: "Incidents",
    work: async (ground, { incidents }, found) =>
      void (found.incidents = await benchIncidents(ground, incidents, console.log)),
  },
  assignment: {
    says: "Given to somebody",
    work: async (ground, { assignment }, found) =>
      void (found.assignment = await benchAssignment(ground, assignment, console.log)),
  },
  agreements: {
    says: "Agreements",
    work: async (ground, { agreements }, found) => void (found.agreements = await benchAgreements(ground, agreements)),
  },
  sla: {
    says: "Deadlines",
    work: async (ground, { sla }, found) => void (found.sla = await benchSla(ground, sla, console.log)),
  },
  import: {
    says: "Import",
    work: async (ground, scale, found) => void (found.import = await benchImport(ground, scale.import)),
  },
  numbers: {
    says: "Numbers of tickets that several processes open",
    work: async (ground, { numbers }, found) => void (found.numbers = await benchTicketNumbers(ground, numbers)),
  },
  track: {
    says: "Guesses at the tracking page",
    work: async (ground, { tracking }, found) => void (found.tracking = await benchTracking(ground, tracking)),
  },
  mail: {
    says: "Mails",
    work: async (ground, { mail }, found) => void (found.mail = await benchMail(ground, mail)),
  },
  doctor: {
    says: "A ruined database",
    work: async (ground, { doctor }, found) => void (found.doctor = await benchRepair(ground, doctor, console.log)),
  },
  live: {
    says: "On other screens",
    work: async (ground, { live }, found) =>
      void (found.live = { sockets: live.sockets, figures: await benchLiveUpdates(ground, live) }),
  },
  screens: {
    says: "Open inboxes",
    work: async (ground, { screens }, found) => void (found.screens = await benchOpenScreens(ground, screens)),
  },
  // The browser is there for development alone.
  "chromium-screens": {
    says: "Open inboxes in Chromium",
    work: async (ground, { chromiumScreens }, found) => {
      const { benchChromiumScreens } = await import("#bench/message-to-row-in-chromium.ts")
      found.chromiumScreens = await benchChromiumScreens(ground, chromiumScreens)
    },
  },
  "first-load": {
    says: "First visits",
    work: async (ground, { visits }, found) => {
      const { benchFirstLoad } = await import("#bench/first-page-load-on-slow-phone.ts")
      found.firstLoad = await benchFirstLoad(ground, visits)
    },
  },
  lists: {
    says: "Lists, opening, answering",
    work: async (ground, scale, found) => {
      const lists = await benchLists(ground, scale.lists, console.log)
      found.lists = { ...lists, plans: await explainLists(lists.desks.at(-1)!) }
    },
  },
  search: {
    says: "Finding",
    work: async (ground, { search }, found) => {
      const filled = found.lists?.desks.find(({ size }) => size === search.tickets)
      const desk = filled ?? (await createBenchDesk(ground, search.tickets, console.log))
      found.search = await benchSearch(ground, desk, search, console.log)
    },
  },
  whatsapp: {
    says: "WhatsApp: the webhook, stored deliveries, screens, a campaign",
    work: async (ground, { whatsapp }, found) => void (found.whatsapp = await benchWhatsApp(ground, whatsapp)),
  },
  backup: {
    says: "Backup and restore",
    work: async (ground, { backup }, found) => {
      const filled = found.lists?.desks.find(({ size }) => size === backup.tickets)
      found.backup = await benchBackup(ground, filled ?? (await createBenchDesk(ground, backup.tickets, console.log)))
    },
  },
}

/** A part that fails says so and keeps the others' figures; `failed` names it. */
async function measure(ground: BenchPostgres, scale: (typeof scales)["full"], asked: string[]) {
  const busy = `Load average when it began: ${loadavg()[0]!.toFixed(1)}.`
  const found: BenchResults = { machine: await describeMachine(ground), busy }
  const failed: string[] = []
  for (const [name, { says, work }] of Object.entries(parts).filter(([name]) => asked.includes(name))) {
    console.log(`${says} …`)
    await work(ground, scale, found).catch((error: unknown) => {
      failed.push(name)
      console.error(`"${name}" failed:`, error)
    })
  }
  return { found, failed }
}
