// The figures as one Markdown page. It only shows what was measured, and says where a goal was missed.
import type { ScreensRow } from "./open-screens.ts"
import type { AssignmentResult } from "./assignment.ts"
import type { FirstLoad } from "./first-load.ts"
import { type IncidentsResult, incidentsPart } from "./incidents.ts"
import type { IntakeRow } from "./intake.ts"
import type { ListsResult } from "./lists.ts"
import type { LoadFigures } from "./closed-loop-load.ts"
import type { QueryPlan } from "./query-plans.ts"
import { type SearchResult, searchPart } from "./search.ts"
import type { IdleCost } from "./idle.ts"
import type { StartTimes } from "./start-time.ts"
import { type WhatsAppResult, whatsappPart } from "./whatsapp/whatsapp-bench.ts"

export type BenchResults = {
  machine: string
  busy: string
  intake?: IntakeRow[]
  lists?: ListsResult & { plans: QueryPlan[] }
  search?: SearchResult
  live?: { sockets: number; figures: LoadFigures }
  screens?: ScreensRow[]
  firstLoad?: FirstLoad[]
  start?: StartTimes
  idle?: IdleCost
  assignment?: AssignmentResult
  incidents?: IncidentsResult
  whatsapp?: WhatsAppResult
}

export function formatReport(found: BenchResults): string {
  const parts = [
    "# Benchmarks",
    `Written by \`npm run bench\`. Ratios count; absolute figures drift with the machine.\n\nMachine: ${found.machine}. ${found.busy}`,
    ...(found.intake ? intakePart(found.intake) : []),
    ...(found.lists ? listsPart(found.lists) : []),
    ...(found.search ? searchPart(found.search) : []),
    ...(found.live ? livePart(found.live) : []),
    ...(found.screens ? screensPart(found.screens) : []),
    ...(found.firstLoad ? firstLoadPart(found.firstLoad) : []),
    ...(found.assignment ? assignmentPart(found.assignment) : []),
    ...(found.incidents ? incidentsPart(found.incidents) : []),
    ...(found.start ? startPart(found.start) : []),
    ...(found.idle ? idlePart(found.idle) : []),
    ...(found.whatsapp ? whatsappPart(found.whatsapp) : []),
  ]
  return `${parts.join("\n\n")}\n`
}

function intakePart(rows: IntakeRow[]): string[] {
  const lean = new Map(rows.filter((row) => row.processes === 0).map((row) => [row.clients, row.figures.perSecond]))
  const line = ({ clients, processes, figures: f, megabytes, cost }: IntakeRow) => {
    const who = processes === 0 ? "leanest SQL" : `Hilo, ${processes} process${processes > 1 ? "es" : ""}`
    const ratio = processes === 0 ? "" : percent(f.perSecond / (lean.get(clients) ?? Number.NaN))
    const costs = [cost.client, cost.hilo, cost.postgres].map((ms) =>
      Number.isNaN(ms) || ms === 0 ? "" : ms.toFixed(2),
    )
    return [
      who,
      clients,
      f.perSecond.toFixed(0),
      ratio,
      f.p50.toFixed(1),
      f.p99.toFixed(1),
      f.errors,
      ...costs,
      round(megabytes),
    ]
  }
  const head = [
    "",
    "clients",
    "messages/s",
    "of the limit",
    "p50 ms",
    "p99 ms",
    "errors",
    "client",
    "Hilo",
    "PostgreSQL",
    "RSS MB",
  ]
  return [
    "## A message in",
    "A quarter of the messages open a conversation (contact, identity, ticket, message, two events), the rest join an open one (ticket, message, event). " +
      "*Leanest SQL* writes the same rows under the same indexes, each message one prepared statement that knows all ids beforehand, a connection per client: the limit of machine and schema. " +
      "Hilo is `POST /connections/{id}/messages` over HTTP. The columns *client*, *Hilo* and *PostgreSQL* are milliseconds of processor time per message, all that follows from it included. Goal: 50 % of the limit at 8 and 32 clients.",
    table(head, rows.toSorted((a, b) => a.clients - b.clients || a.processes - b.processes).map(line)),
  ]
}

function listsPart({ sizes, rows, desks, plans }: ListsResult & { plans: QueryPlan[] }): string[] {
  const names = sizes.map((size) => size.toLocaleString("en"))
  const line = ({ deed, figures }: ListsResult["rows"][number]) => {
    const grew = figures.at(-1)!.p99 / figures[0]!.p99
    return [deed, ...figures.map((f) => `${f.p50.toFixed(1)} / ${f.p99.toFixed(1)}`), grew.toFixed(1)]
  }
  const planLine = ({ list, walks, readsAll }: QueryPlan) => [
    list,
    walks.map((walk) => `\`${walk}\``).join("<br>"),
    readsAll ? "**reads all**" : "no",
  ]
  return [
    "## Lists, opening, answering",
    "Desks of different size side by side, one server each, two clients, milliseconds p50 / p99; 50 rows a page with preview, names and total. One ticket in twenty is open. Goal: p99 at the largest ≤ 3 × that at the smallest.",
    table(
      ["", ...names, "p99, times"],
      [
        ...rows.map(line),
        ["messages", ...desks.map(({ messages }) => messages.toLocaleString("en")), ""],
        onDisk(desks),
      ],
    ),
    `## How the lists are read at ${names.at(-1)} tickets`,
    "The walks over `tickets` of each list and of its total (counted up to 10,001), from `explain (analyze)`.",
    table(["list", "walks", "reads the whole table"], plans.map(planLine)),
  ]
}

function onDisk(desks: ListsResult["desks"]): string[] {
  return [
    "on disk, MB",
    ...desks.map(({ bytes }) => (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 0 })),
    "",
  ]
}

function assignmentPart({ without, with: given, lastGivenAfterMs }: AssignmentResult): string[] {
  const [before, after] = [without, given].map((f) => `${f.perSecond.toFixed(0)}/s (p99 ${f.p99.toFixed(0)} ms)`)
  return [
    "## Given to somebody",
    `Conversations created by 16 clients: ${before} when nobody gets them, ${after} when twenty agents get them in turn: ${percent(given.perSecond / without.perSecond)}. Goal: 60 %. The last one had somebody ${(lastGivenAfterMs / 1000).toFixed(1)} s after the last answer.`,
  ]
}

function livePart({ sockets, figures: f }: NonNullable<BenchResults["live"]>): string[] {
  return [
    "## On other screens",
    `${sockets} sockets of staff, ten messages a second: from the HTTP answer to the event at each socket p50 ${f.p50.toFixed(0)} ms, p99 ${f.p99.toFixed(0)} ms; ${f.count} events heard, ${f.errors} missing. Goal: p99 ≤ 150 ms.`,
  ]
}

function screensPart(rows: ScreensRow[]): string[] {
  const [first, last] = [rows.at(-2)!, rows.at(-1)!]
  const each = (last.msPerMessage - first.msPerMessage) / (last.screens - first.screens)
  const lines = rows.map(
    ({ screens, msPerMessage, cores, requests, figures: f }) =>
      `| ${screens} | ${msPerMessage.toFixed(1)} ms | ${cores.toFixed(2)} | ${requests} | ${f.p50.toFixed(0)} ms | ${f.p99.toFixed(0)} ms | ${f.errors} |`,
  )
  return [
    "## Open inboxes",
    `Ten messages a second, screens run by the web's own code in one process beside. Each further open inbox costs the server ${each.toFixed(2)} ms of processor per message. Goals: 0.4 ms each; at 100 screens half a core and p99 ≤ 300 ms.`,
    [
      "| screens | processor per message | cores | requests | on screen p50 | p99 | missing |",
      "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      ...lines,
    ].join("\n"),
  ]
}

function firstLoadPart(rows: FirstLoad[]): string[] {
  const line = ({ screen, requests, bytes, usableMs }: FirstLoad) => [
    `\`${screen}\``,
    requests,
    round(bytes / 1000),
    (usableMs / 1000).toFixed(1),
  ]
  return [
    "## First visits",
    "A browser that was never here, on a line of 50 kB/s and 400 ms with a processor four times slower, at a desk of 60 tickets. Goals: the inbox in 40 requests and 350 kB; the customers' first page in 60 kB, its field there after 2.5 s.",
    table(["screen", "requests", "kB", "seconds to the first field"], rows.map(line)),
  ]
}

function startPart({ emptyMs, existingMs, idleMegabytes }: StartTimes): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return [
    "## Starting",
    `Ready on an empty folder after ${seconds(emptyMs)} (goal 5 s; makes the database and migrates), on existing data after ${seconds(existingMs)} (goal 2 s). The Node process holds ${idleMegabytes.toFixed(0)} MB after ten idle seconds (goal 200 MB; PostgreSQL apart).`,
  ]
}

function idlePart({ hiloMs, postgresMs, transactions, ids }: IdleCost): string[] {
  return [
    "## Idle",
    `A server that nobody asks anything uses ${hiloMs.toFixed(1)} ms of processor a second, PostgreSQL ${postgresMs.toFixed(1)} ms (goal 8 together), in ${transactions.toFixed(1)} transactions (goal 15) with ${ids.toFixed(2)} transaction ids (goal 0.5).`,
  ]
}

const percent = (share: number) => `${(share * 100).toFixed(0)} %`
const round = (value: number) => (Number.isNaN(value) ? "" : value.toFixed(0))

function table(head: (string | number)[], rows: (string | number)[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")
}
