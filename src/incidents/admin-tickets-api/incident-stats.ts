import type { Database } from "#kernel/db.ts"
import { priorities, statuses, triggers } from "../api-contract.ts"
import { type Count, incidentCounts } from "./list-and-counts.ts"
import { documentedPriority, documentedStatus } from "../incident-view.ts"

/** Of all incidents, whatever the list asks for; every word is there, also with 0. */
export async function statsOf(db: Database) {
  const counts = await incidentCounts(db)
  const sum = (rows: Count[], of: "n" | "resolved" | "resolvedMs" = "n") =>
    rows.reduce((total, row) => total + row[of], 0)
  const by = (words: readonly string[], wordOf: (row: Count) => string) =>
    Object.fromEntries(words.map((word) => [word, sum(counts.filter((row) => wordOf(row) === word))]))
  const byStatus = by(statuses, ({ status }) => documentedStatus(status))
  const resolved = sum(counts, "resolved")
  return {
    total: sum(counts),
    openCount: byStatus["OPEN"]!,
    byStatus,
    byTrigger: by(triggers, ({ trigger }) => trigger),
    byPriority: by(priorities, ({ priority }) => documentedPriority(priority)),
    ...(resolved > 0 && { avgResolutionTimeMs: Math.round(sum(counts, "resolvedMs") / resolved) }),
  }
}
