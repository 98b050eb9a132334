// hilo bench [--quick] [--only intake,lists,search,live,screens,chromium-screens,first-load,start,idle,whatsapp,assignment,incidents]
// Measures this machine and Hilo on it, in turns, on databases of its own; a full run writes docs/benchmarks.md.
import { writeFileSync } from "node:fs"
import { loadavg } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { benchAssignment } from "#bench/assignment.ts"
import { type BenchPostgres, openBenchPostgres } from "#bench/postgres-for-bench.ts"
import { benchIdle } from "#bench/idle.ts"
import { benchIncidents } from "#bench/incidents.ts"
import { benchIntake } from "#bench/intake.ts"
import { benchLists, createBenchDesk } from "#bench/staff-work-by-desk-size.ts"
import { benchLiveUpdates } from "#bench/live-updates.ts"
import { benchOpenScreens } from "#bench/open-screens.ts"
import { describeMachine } from "#bench/describe-machine.ts"
import { explainLists } from "#bench/list-query-plans.ts"
import { type BenchResults, formatReport } from "#bench/report/format-report.ts"
import { benchSearch } from "#bench/waits-on-largest-desk.ts"
import { benchStartTime } from "#bench/start-time.ts"
import { benchWhatsApp } from "#bench/whatsapp/run-whatsapp-benches.ts"

export const usage = `hilo bench [--quick] [--only intake,lists,search,live,screens,chromium-screens,first-load,start,idle,whatsapp,assignment,incidents]`

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
    assignment: { rounds: 3, seconds: 5, clients: 16 },
    whatsapp: {
      webhook: { seconds: 6, rounds: 3 },
      drain: { deliveries: 20_000, rounds: 3, seconds: 6 },
      screen: { perSecond: 100, seconds: 20, sockets: 20 },
      contacts: 10_000,
    },
  },
  quick: {
    intake: { rounds: 1, seconds: 3, clients: [1, 8, 32], processes: [1, 2, 4] },
    lists: { sizes: [1_000, 20_000], rounds: 1, seconds: 0.5 },
    search: { tickets: 20_000, seconds: 0.5 },
    live: { sockets: 200, messages: 30 },
    screens: { screens: [0, 20, 100], messages: 60 },
    chromiumScreens: { pages: 8, messages: 50 },
    visits: 1,
    starts: 1,
    idle: { settleSeconds: 10, seconds: 10 },
    incidents: { failures: 5_000, shipments: 50_000, contacts: 10_000, stuck: 500, incidents: 30_000, looks: 120 },
    assignment: { rounds: 1, seconds: 3, clients: 16 },
    whatsapp: {
      webhook: { seconds: 3, rounds: 1 },
      drain: { deliveries: 5_000, rounds: 1, seconds: 3 },
      screen: { perSecond: 100, seconds: 5, sockets: 5 },
      contacts: 800,
    },
  },
}

const questions = [
  "intake",
  "lists",
  "search",
  "live",
  "screens",
  "chromium-screens",
  "first-load",
  "start",
  "idle",
  "whatsapp",
  "assignment",
  "incidents",
]

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { quick: { type: "boolean" }, only: { type: "string" } } })
  const asked = values.only?.split(",") ?? questions
  if (asked.some((name) => !questions.includes(name))) throw new Error(`--only takes ${questions.join(", ")}`)
  const ground = await openBenchPostgres()
  try {
    const found = await measure(ground, scales[values.quick ? "quick" : "full"], asked)
    const text = formatReport(found)
    console.log(`\n${text}`)
    if (!values.quick && !values.only) writeFileSync(page, text)
    const readAll = found.lists?.plans.filter((plan) => plan.readsAll) ?? []
    for (const { list } of readAll) console.error(`The list "${list}" reads the whole table of tickets.`)
    return readAll.length > 0 ? 1 : 0
  } finally {
    await ground.close()
  }
}

async function measure(ground: BenchPostgres, scale: (typeof scales)["full"], asked: string[]): Promise<BenchResults> {
  const others = `Load average when it began: ${loadavg()[0]!.toFixed(1)}.`
  const found: BenchResults = { machine: await describeMachine(ground), busy: others }
  if (asked.includes("start")) {
    console.log("Starting …")
    found.start = await benchStartTime(ground, scale.starts)
  }
  if (asked.includes("idle")) {
    console.log("Idle …")
    found.idle = await benchIdle(ground, scale.idle)
  }
  if (asked.includes("intake")) {
    console.log("A message in (clients: messages per second) …")
    found.intake = await benchIntake(ground, scale.intake, console.log)
  }
  if (asked.includes("incidents")) {
    console.log("Incidents …")
    found.incidents = await benchIncidents(ground, scale.incidents, console.log)
  }
  if (asked.includes("assignment")) {
    console.log("Given to somebody …")
    found.assignment = await benchAssignment(ground, scale.assignment, console.log)
  }
  if (asked.includes("live")) {
    console.log("On other screens …")
    found.live = { sockets: scale.live.sockets, figures: await benchLiveUpdates(ground, scale.live) }
  }
  if (asked.includes("screens")) {
    console.log("Open inboxes …")
    found.screens = await benchOpenScreens(ground, scale.screens)
  }
  // The browser is there for development alone.
  if (asked.includes("chromium-screens")) {
    console.log("Open inboxes in Chromium …")
    const { benchChromiumScreens } = await import("#bench/inbox-in-chromium.ts")
    found.chromiumScreens = await benchChromiumScreens(ground, scale.chromiumScreens)
  }
  if (asked.includes("first-load")) {
    console.log("First visits …")
    const { benchFirstLoad } = await import("#bench/first-load.ts")
    found.firstLoad = await benchFirstLoad(ground, scale.visits)
  }
  if (asked.includes("lists")) {
    console.log("Lists, opening, answering …")
    const lists = await benchLists(ground, scale.lists, console.log)
    found.lists = { ...lists, plans: await explainLists(lists.desks.at(-1)!) }
  }
  if (asked.includes("search")) {
    console.log("Finding …")
    const { tickets } = scale.search
    const desk =
      found.lists?.desks.find(({ size }) => size === tickets) ?? (await createBenchDesk(ground, tickets, console.log))
    found.search = await benchSearch(ground, desk, scale.search, console.log)
  }
  if (asked.includes("whatsapp")) {
    console.log("WhatsApp: the webhook, stored deliveries, screens, a campaign …")
    found.whatsapp = await benchWhatsApp(ground, scale.whatsapp)
  }
  return found
}
