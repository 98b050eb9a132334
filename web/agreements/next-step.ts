// What happens next to an agreement, or what somebody has to do about it: the texts `agreement.todo.<code>`.
import type { Agreement } from "./agreement-queries.ts"

type Facts = Pick<Agreement, "state" | "splynxTicketId" | "splynxClosedAt" | "deadline" | "isRefused"> & {
  evidence: { said: string }[]
}

export type NextStep =
  | "awaiting"
  | "due"
  | "unanswered"
  | "acting"
  | "closeInWork"
  | "refused"
  | "refusedOpening"
  | "shadow"
  | "escalated"
  | "opening"
  | "awaitingInShadow"
  | "unopenedInShadow"
  | "open"
  | "closed"

const failures = ["not_answered", "not_verified", "still_closed"]

/** `isShadow`: Hilo only says what it would do, so nothing is announced that it does not do. */
export function nextStepOf(agreement: Facts, now: number, isShadow: boolean): NextStep {
  const { state, splynxTicketId, splynxClosedAt, isRefused } = agreement
  const hasFailed = failures.includes(agreement.evidence.at(-1)?.said ?? "")
  switch (state) {
    case "awaiting":
      if (timeLeft(agreement, now) !== null) return isShadow ? "awaitingInShadow" : "awaiting"
      if (isShadow) return "shadow"
      return hasFailed ? "unanswered" : "due"
    case "acting":
      return hasFailed ? "unanswered" : "acting"
    case "disagreed":
      if (isRefused) return splynxTicketId === null ? "refusedOpening" : "refused"
      return splynxClosedAt === null ? "closeInWork" : "shadow"
    case "escalated":
      return "escalated"
    case "agreed_open":
      if (splynxTicketId !== null) return "open"
      return isShadow ? "unopenedInShadow" : "opening"
    case "agreed_closed":
      return "closed"
  }
}

/** Its state, as it is called: what is not opened in Splynx yet is not open in both. */
export const shownStateOf = ({ state, splynxTicketId }: Pick<Facts, "state" | "splynxTicketId">) =>
  state === "agreed_open" && splynxTicketId === null ? "unopened" : state

/** How many ms of its window are left; null when none runs. */
export function timeLeft({ state, deadline }: Pick<Facts, "state" | "deadline">, now: number): number | null {
  const left = state === "awaiting" && deadline !== null ? Date.parse(deadline) - now : 0
  return left > 0 ? left : null
}
