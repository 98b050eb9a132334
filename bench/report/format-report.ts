// The figures as one Markdown page. It only shows what was measured, and says where a goal was missed.
import type { ChromiumScreens } from "../message-to-row-in-chromium.ts"
import type { ScreensRow } from "../cost-of-open-inboxes.ts"
import { type AgreementsResult, agreementsPart } from "../agreements/sync-and-check-tickets.ts"
import type { AssignmentResult } from "../create-tickets-with-and-without-routing.ts"
import type { FirstLoad } from "../first-page-load-on-slow-phone.ts"
import { type BackupResult, backupPart } from "../backup-and-restore.ts"
import { type ImportResult, importPart } from "../import/import-throughput.ts"
import { type IncidentsResult, incidentsPart } from "../incident-reports-checks-and-lists.ts"
import type { IntakeRow } from "../intake-against-leanest-sql.ts"
import type { ListsResult } from "../staff-work-by-desk-size.ts"
import { mailPart, type MailResult } from "../mail/run-mail-benches.ts"
import type { LoadFigures } from "../closed-loop-load.ts"
import type { QueryPlan } from "../list-query-plans.ts"
import { type SearchResult, searchPart } from "../answer-times-on-largest-desk.ts"
import type { IdleCost } from "../cost-of-idle-server.ts"
import { type RepairResult, repairPart } from "../doctor/repair-ruined-database.ts"
import { type SlaResult, slaPart } from "../sla/run-sla-benches.ts"
import type { StartTimes } from "../start-time.ts"
import { type NumbersResult, numbersPart } from "../tickets/numbers-from-several-processes.ts"
import { type TrackingResult, trackingPart } from "../tracking/answer-times-of-guesses.ts"
import { type WhatsAppResult, whatsappPart } from "../whatsapp/run-whatsapp-benches.ts"
import { intakePart } from "./intake-part.ts"
import { percent, round, table } from "./markdown-table.ts"
import { chromiumScreensPart, livePart, screensPart } from "./screens-parts.ts"

export type BenchResults = {
  machine: string
  busy: string
  intake?: IntakeRow[]
  lists?: ListsResult & { plans: QueryPlan[] }
  search?: SearchResult
  live?: { sockets: number; figures: LoadFigures }
  screens?: ScreensRow[]
  chromiumScreens?: ChromiumScreens
  firstLoad?: FirstLoad[]
  start?: StartTimes
  idle?: IdleCost
  assignment?: AssignmentResult
  import?: ImportResult
  numbers?: NumbersResult
  incidents?: IncidentsResult
  agreements?: AgreementsResult
  sla?: SlaResult
  tracking?: TrackingResult
  doctor?: RepairResult
  mail?: MailResult
  whatsapp?: WhatsAppResult
  backup?: BackupResult
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
    ...(found.chromiumScreens ? chromiumScreensPart(found.chromiumScreens) : []),
    ...(found.firstLoad ? firstLoadPart(found.firstLoad) : []),
    ...(found.assignment ? assignmentPart(found.assignment) : []),
    ...(found.incidents ? incidentsPart(found.incidents) : []),
    ...(found.agreements ? agreementsPart(found.agreements) : []),
    ...(found.sla ? slaPart(found.sla) : []),
    ...(found.import ? importPart(found.import) : []),
    ...(found.numbers ? numbersPart(found.numbers) : []),
    ...(found.tracking ? trackingPart(found.tracking) : []),
    ...(found.doctor ? repairPart(found.doctor) : []),
    ...(found.mail ? mailPart(found.mail) : []),
    ...(found.start ? startPart(found.start) : []),
    ...(found.idle ? idlePart(found.idle) : []),
    ...(found.whatsapp ? whatsappPart(found.whatsapp) : []),
    ...(found.backup ? backupPart(found.backup) : []),
  ]
  return `${parts.join("\n\n")}\n`
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
    "The walks over `tickets` and their deadlines of each list and of its total (counted up to 10,001), from `explain (analyze)`.",
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
