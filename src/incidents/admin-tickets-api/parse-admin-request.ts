// What may be asked of /api/admin/tickets, and what is wrong with what was asked, in its own words.
import { priorities, statuses, triggers } from "../api-contract.ts"
import { InvalidPatch, type IncidentPatch } from "./apply-patch-request-to-incident.ts"
import { ticketPriority, ticketStatus } from "../incident-view.ts"
import type { Filter } from "./list-and-counts.ts"

export type IncidentQuery = Filter & { limit: number; offset: number }

const longestNotes = 2_000
const mostSkipped = 1_000_000

export function readListing(query: Record<string, unknown>): IncidentQuery {
  const wrong: string[] = []
  const chosen = <T extends string>(name: string, all: readonly T[]): readonly T[] => {
    const given = query[name] === undefined ? [] : [query[name]].flat()
    const unknown = given.find((value) => !all.includes(value as T))
    if (unknown !== undefined) wrong.push(`${name}: must be one of ${all.join(", ")}`)
    return given.length === 0 ? all : [...new Set(given as T[])]
  }
  const [status, trigger, priority] = [
    chosen("status", statuses),
    chosen("trigger", triggers),
    chosen("priority", priorities),
  ]
  if (wrong.length > 0) throw new InvalidPatch(wrong)
  return {
    statuses: status.map(ticketStatus),
    triggers: trigger,
    priorities: priority.map(ticketPriority),
    limit: Math.min(100, Math.max(1, whole(query["limit"], 50))),
    offset: Math.min(mostSkipped, Math.max(0, whole(query["offset"], 0))),
  }
}

/** What is no number is as if it were not there. */
function whole(given: unknown, fallback: number): number {
  const text = [given].flat().at(-1)
  if (typeof text !== "string" || !/^[+-]?\d{1,15}(\.\d+)?$/.test(text.trim())) return fallback
  return Math.trunc(Number(text))
}

export function readPatch(body: unknown): IncidentPatch {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new InvalidPatch(["body: must be an object"])
  const { status, priority, resolutionNotes, ...unknown } = body as Record<string, unknown>
  const wrong = Object.keys(unknown)
    .slice(0, 20)
    .map(() => "body: only status, priority and resolutionNotes can be changed")
    .slice(0, 1)
  if (status !== undefined && !statuses.includes(status as never))
    wrong.push(`status: must be one of ${statuses.join(", ")}`)
  if (priority !== undefined && !priorities.includes(priority as never))
    wrong.push(`priority: must be one of ${priorities.join(", ")}`)
  if (resolutionNotes !== undefined && typeof resolutionNotes !== "string") wrong.push("resolutionNotes: must be text")
  if (typeof resolutionNotes === "string" && resolutionNotes.length > longestNotes) {
    wrong.push(`resolutionNotes: must be at most ${longestNotes} characters`)
  }
  if ([status, priority, resolutionNotes].every((value) => value === undefined) && wrong.length === 0) {
    wrong.push("body: must change status, priority or resolutionNotes")
  }
  if (wrong.length > 0) throw new InvalidPatch(wrong)
  return {
    status: status as IncidentPatch["status"],
    priority: priority as IncidentPatch["priority"],
    resolutionNotes: (resolutionNotes as string | undefined)?.toWellFormed().replaceAll("\0", ""),
  }
}
