// A ticket's story in words that a reader may hear: the events of the log with the names of who acted.
import type { Database } from "#kernel/db.ts"
import { because, decisionOf, storyOf } from "#events/index.ts"
import { namesOf } from "#people/index.ts"

/** Oldest first. `details` holds ids and enums only. */
export async function timelineOf(db: Database, ticketId: string) {
  const story = await storyOf(db.kysely, ticketId)
  const userIds = story.flatMap((entry) =>
    [entry.actorId, entry.data["agentId"], entry.data["previousAgentId"]].filter((id) => typeof id === "string"),
  )
  const names = await namesOf(db.kysely, [...new Set(userIds)])
  const items = story.map((entry) => ({
    timestamp: entry.at,
    action: entry.kind,
    actor: { type: entry.actorKind, id: entry.actorId, name: names.get(entry.actorId ?? "") ?? null },
    details: { ...entry.data, ...named(names, entry.data), ...(entry.subjectId && { subjectId: entry.subjectId }) },
    ...(entry.why && { why: { ...decisionOf(entry.why), because: because(entry.why) } }),
  }))
  return { items }
}

function named(names: Map<string, string>, data: Record<string, unknown>) {
  const of = (key: string) => (typeof data[key] === "string" ? (names.get(data[key]) ?? null) : null)
  return "agentId" in data ? { agentName: of("agentId"), previousAgentName: of("previousAgentId") } : {}
}

/** Every automatic choice about the ticket with its reason, oldest first. */
export async function decisionsOf(db: Database, ticketId: string) {
  const story = await storyOf(db.kysely, ticketId)
  const items = story.flatMap(({ at, why }) =>
    why ? [{ at, question: why.question, ...decisionOf(why), because: because(why) }] : [],
  )
  return { items }
}
