// A ticket's timeline as its reader may see it: the events of the log with the names of who acted.
import { calendarNamesOf } from "#calendars/index.ts"
import type { Database } from "#kernel/db.ts"
import { decisionAsShown, type LogEntry, ticketLog, type DecisionReason } from "#event-log/index.ts"
import { namesOf, teamNamesOf } from "#people/index.ts"
import { policyNamesOf, targetReasons } from "#sla/index.ts"
import { withFieldChanges } from "./field-history.ts"

/** Names of what a decision speaks of besides people and teams, by id; the module that owns them gives it. */
export type NamesOf = (db: Database, ids: string[]) => Promise<Map<string, string>>
const noNames: NamesOf = async () => new Map()

/** Oldest first. `details` holds ids and enums, and in `fields` what changed fields were and became. */
export async function ticketTimeline(db: Database, ticketId: string, others = noNames) {
  const story = await withFieldChanges(db.kysely, ticketId, await ticketLog(db.kysely, ticketId))
  const userIds = story.flatMap((entry) =>
    [entry.actorId, entry.data["agentId"], entry.data["previousAgentId"]].filter((id) => typeof id === "string"),
  )
  const names = await namesIn(
    db,
    story.map(({ why }) => why),
    others,
    userIds,
  )
  const reasons = ruleReasons(story)
  const items = story.map((entry) => {
    const why = entry.why ?? reasons.get(entry.causeId ?? 0)
    return {
      timestamp: entry.at,
      action: entry.kind,
      actor: { type: entry.actorKind, id: entry.actorId, name: names.get(entry.actorId ?? "") ?? null },
      details: {
        ...entry.data,
        ...named(names, entry.data),
        ...(entry.subjectId && { subjectId: entry.subjectId }),
        ...(entry.fields.length > 0 && { fields: entry.fields }),
      },
      ...(why && { why: decisionAsShown(withNames(why, names)) }),
    }
  })
  return { items }
}

/** Why automation rules acted, by the events that caused what they did. */
const ruleReasons = (story: readonly LogEntry[]) =>
  new Map(story.flatMap(({ id, kind, why }) => (kind === "automation.applied" && why ? [[id, why] as const] : [])))

function named(names: Map<string, string>, data: Record<string, unknown>) {
  const of = (key: string) => (typeof data[key] === "string" ? (names.get(data[key]) ?? null) : null)
  return "agentId" in data ? { agentName: of("agentId"), previousAgentName: of("previousAgentId") } : {}
}

/** Every automatic choice about the ticket with its reason, its deadlines included, oldest first. */
export async function ticketDecisions(db: Database, ticketId: string, others = noNames) {
  const story = (await ticketLog(db.kysely, ticketId)).flatMap(({ at, why }) => (why ? [{ at, why }] : []))
  const decisions = [...story, ...(await targetReasons(db.kysely, ticketId))]
  const names = await namesIn(
    db,
    decisions.map(({ why }) => why),
    others,
  )
  const items = decisions
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, why }) => ({ at, question: why.question, ...decisionAsShown(withNames(why, names)) }))
  return { items }
}

async function namesIn(db: Database, whys: (DecisionReason | null)[], others: NamesOf, userIds: string[] = []) {
  const ids = whys.flatMap((why) => [
    ...Object.values(why?.inputs ?? {}).filter((value) => typeof value === "string"),
    ...(why?.rejected ?? []).map(({ candidate }) => candidate),
  ])
  const about = (prefix: string) => [...new Set(ids.filter((id) => id.startsWith(prefix)))]
  const found = await Promise.all([
    namesOf(db.kysely, [...new Set([...userIds, ...about("usr_")])]),
    teamNamesOf(db.kysely, about("tem_")),
    others(db, [...about("rul_"), ...about("aut_")]),
    policyNamesOf(db, about("sla_")),
    calendarNamesOf(db.kysely, about("cal_")),
  ])
  return new Map(found.flatMap((names) => [...names]))
}

// What is gone is called by its id.
function withNames(why: DecisionReason, names: Map<string, string>): DecisionReason {
  const inputs = Object.entries(why.inputs).flatMap(([key, value]) =>
    typeof value === "string" && /^(usr|tem|rul|aut|sla|cal)_/.test(value)
      ? [[`${key}Name`, names.get(value) ?? value]]
      : [],
  )
  const rejected = why.rejected.map((one) => {
    const name = names.get(one.candidate)
    return { ...one, ...(name !== undefined && { name }) }
  })
  return { ...why, inputs: { ...why.inputs, ...(Object.fromEntries(inputs) as Record<string, string>) }, rejected }
}
