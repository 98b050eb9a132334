// Is a shipment stuck? Two days after we wrote to somebody about it, it has not moved.
import type { Canonical, IncidentPriority, Trigger } from "../api-contract.ts"

export const stuckAfterHours = 48

/** `latest` is the newest movement that is known; `canonical` what its status means. */
export type LatestMovement = { at: Date; canonical: Canonical }
export type StuckReason = { trigger: Trigger; priority: IncidentPriority; because: "at_office" | "no_movement" }

const over: ReadonlySet<string> = new Set(["DELIVERED", "RETURNED", "CANCELLED"])

/** At 48:00:00 it is. A movement at the very instant of the contact is none after it. */
export function stuckReason(contactedAt: Date, latest: LatestMovement | null, now: Date): StuckReason | null {
  if (now.getTime() - contactedAt.getTime() < stuckAfterHours * 3_600_000) return null
  if (latest && (over.has(latest.canonical) || latest.at.getTime() > contactedAt.getTime())) return null
  if (latest?.canonical === "IN_OFFICE") return { trigger: "AT_OFFICE_STILL", priority: "alta", because: "at_office" }
  return { trigger: "NO_MOVEMENT_AFTER_CONTACT", priority: "media", because: "no_movement" }
}
