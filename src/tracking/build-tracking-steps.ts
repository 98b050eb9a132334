import type { TrackStep } from "./api-contract.ts"

export type StoryFacts = {
  status: string
  createdAt: Date
  firstResponseAt: Date | null
  inProgressAt: Date | null
  /** Of the ticket as it is now; null when it is not over. */
  resolvedAt: Date | null
  closedAt: Date | null
  /** Each time that it ended or came back, in the order of the log. */
  turns: TrackStep[]
}

/** The steps that have been taken, oldest first; one that never was is left out. */
export function buildTimeline(facts: StoryFacts): TrackStep[] {
  const { createdAt, firstResponseAt, inProgressAt, turns } = facts
  const begun: TrackStep[] = [
    { step: "created", at: createdAt },
    ...(firstResponseAt ? [{ step: "first_response" as const, at: firstResponseAt }] : []),
    ...(inProgressAt ? [{ step: "in_progress" as const, at: inProgressAt }] : []),
  ]
  // Stable: of the same instant they stand as they are written here.
  return [...begun, ...turns, ...unrecordedEnd(facts)].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** How it ended, where the log does not say so: an imported ticket, say. */
function unrecordedEnd({ status, resolvedAt, closedAt, turns }: StoryFacts): TrackStep[] {
  const at = status === "closed" ? closedAt : status === "resolved" ? resolvedAt : null
  if (at === null || turns.at(-1)?.step === status) return []
  return [{ step: status as "closed" | "resolved", at }]
}
