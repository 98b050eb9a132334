// A message in: against the leanest SQL, and several processes against one.
import type { IntakeRow } from "../intake-against-leanest-sql.ts"
import { percent, round, table } from "./markdown-table.ts"

const ofTheLimit = 0.5
// By how many processes there are, of what one does.
const ofOneProcess: Record<number, number> = { 2: 0.85, 4: 0.75 }
const withoutGoal = 1

const head = [
  "",
  "clients",
  "messages/s",
  "of the limit",
  "of one process",
  "goal",
  "p50 ms",
  "p99 ms",
  "errors",
  "client",
  "Hilo",
  "PostgreSQL",
  "RSS MB",
]

export function intakePart(rows: IntakeRow[]): string[] {
  const speed = (processes: number, clients: number) =>
    rows.find((row) => row.processes === processes && row.clients === clients)?.figures.perSecond ?? Number.NaN
  const line = ({ clients, processes, figures: f, megabytes, cost }: IntakeRow) => {
    const [ofLimit, ofOne] = [f.perSecond / speed(0, clients), f.perSecond / speed(1, clients)]
    return [
      nameOf(processes),
      clients,
      f.perSecond.toFixed(0),
      processes === 0 ? "" : percent(ofLimit),
      processes < 2 ? "" : percent(ofOne),
      goalOf(processes, clients, { ofLimit, ofOne }),
      f.p50.toFixed(1),
      f.p99.toFixed(1),
      f.errors,
      ...[cost.client, cost.hilo, cost.postgres].map((ms) => (Number.isNaN(ms) || ms === 0 ? "" : ms.toFixed(2))),
      round(megabytes),
    ]
  }
  return [
    "## A message in",
    "A quarter of the messages open a conversation (contact, identity, ticket, message, two events), the rest join an open one (ticket, message, event). " +
      "*Leanest SQL* writes the same rows under the same indexes, each message one prepared statement that knows all ids beforehand, a connection per client: the limit of machine and schema. " +
      "Hilo is `POST /connections/{id}/messages` over HTTP, the clients spread over its processes. The columns *client*, *Hilo* and *PostgreSQL* are milliseconds of processor time per message, all that follows from it included.",
    table(head, rows.toSorted((a, b) => a.clients - b.clients || a.processes - b.processes).map(line)),
  ]
}

function nameOf(processes: number): string {
  if (processes === 0) return "leanest SQL"
  return `Hilo, ${processes} process${processes > 1 ? "es" : ""}`
}

function goalOf(processes: number, clients: number, { ofLimit, ofOne }: { ofLimit: number; ofOne: number }): string {
  if (processes === 0 || clients === withoutGoal) return ""
  const [share, goal] = processes === 1 ? [ofLimit, ofTheLimit] : [ofOne, ofOneProcess[processes]]
  if (goal === undefined) return ""
  return `${percent(goal)}${processes === 1 ? " of the limit" : " of one process"}${share >= goal ? "" : " – missed"}`
}
