// When do two systems agree that a problem is over, and what follows when they do not: the whole rule in one table.
import type { AgreementState } from "./api-contract.ts"

export type AgreementFacts = {
  /** The ticket is closed here: that is final. */
  isOver: boolean
  work: {
    /** What the work system said last: `unknown` while it was not asked, `none` while it has no ticket of it. */
    status: "open" | "closed" | "unknown" | "none"
    /** Since when its window runs. */
    closedAt: Date | null
  }
  record: {
    /** The problem has a number in the record system. */
    isKnown: boolean
    /** When the closure came that counts for this cycle. */
    closedAt: Date | null
  }
  reopenings: number
  /**
   * A request to the work system was stored and its end is not known. `isLeased`: another server may be at it. `isAnswered`: what the
   * work system says was asked for since.
   */
  intent: { isLeased: boolean; isAnswered: boolean } | null
  /** Somebody wants it reopened now, whatever the window says. */
  isWanted: boolean
  /** The work system refused it. */
  isRefused: boolean
}

export type AgreementRules = { windowMinutes: number; isShadow: boolean }

/**
 * `ask`: the work system is asked what became of the request. `reopen`: it is asked, and if the ticket is still closed there, made to
 * reopen it. `count_reopening`: it was reopened. `report`: nothing is done, and that is said.
 */
export type AgreementAct =
  | "none"
  | "start_window"
  | "clear_window"
  | "close"
  | "reopen"
  | "ask"
  | "count_reopening"
  | "report"

/** `state`: once the act is done. `because` names the text `why.agreement_<because>` where the act changes the ticket. */
export type AgreementStep = { act: AgreementAct; state: AgreementState; deadline: Date | null; because: string }

/** Is something done by that alone? The others are left to who asks the work system, or say that nothing is done. */
export const isDoneAtOnce = (act: AgreementAct): boolean =>
  act === "start_window" || act === "clear_window" || act === "close" || act === "count_reopening"

/** From so many reopenings on a lead is notified of each. */
export const escalatesFrom = 3

/** What to do now. The order of the lines is the order of the rules. */
export function nextStep(facts: AgreementFacts, rules: AgreementRules, now: Date): AgreementStep {
  if (facts.isOver) return step("none", "agreed_closed", "over")
  if (facts.intent) return ofIntent(facts, facts.intent, rules)
  if (facts.work.status === "closed") return ofClosedWork(facts, rules, now)
  if (facts.work.status === "none") return ofMissingWork(facts)
  if (facts.work.closedAt !== null || facts.isWanted) return step("clear_window", whileOpen(facts), "open_again")
  return step("none", whileOpen(facts), "open")
}

type Intent = NonNullable<AgreementFacts["intent"]>

function ofIntent(
  facts: AgreementFacts,
  { isLeased, isAnswered }: Intent,
  { isShadow }: AgreementRules,
): AgreementStep {
  if (isAnswered && facts.work.status === "open") {
    const reopened = { ...facts, reopenings: facts.reopenings + 1 }
    return step("count_reopening", whileOpen(reopened), "reopened")
  }
  if (isLeased) return step("none", "acting", "acting")
  if (!isAnswered || facts.work.status === "none") return step("ask", "acting", "unknown_end")
  // It crossed the request and is not lost: nobody needs the ticket any more.
  if (facts.record.closedAt !== null) return step("close", "agreed_closed", "both_closed")
  // What is wanted by hand is wanted in shadow mode too, until it is done.
  return isShadow && !facts.isWanted ? step("report", "disagreed", "shadow") : step("reopen", "acting", "still_closed")
}

function ofClosedWork(facts: AgreementFacts, { windowMinutes, isShadow }: AgreementRules, now: Date): AgreementStep {
  const { work, record, isWanted, isRefused } = facts
  if (!record.isKnown) return step("close", "agreed_closed", "no_record")
  if (record.closedAt !== null) return step("close", "agreed_closed", "both_closed")
  if (isWanted) return step("reopen", "acting", "by_hand")
  const deadline = new Date((work.closedAt ?? now).getTime() + windowMinutes * 60_000)
  if (work.closedAt === null) return step("start_window", "awaiting", "window", deadline)
  if (now < deadline) return step("none", "awaiting", "window", deadline)
  if (isShadow) return step("report", "disagreed", "shadow", deadline)
  if (isRefused) return step("report", "disagreed", "refused", deadline)
  return step("reopen", "acting", "window_over", deadline)
}

/** What is over before it was opened there needs nobody there. */
function ofMissingWork(facts: AgreementFacts): AgreementStep {
  if (facts.record.closedAt !== null) return step("close", "agreed_closed", "both_closed")
  return facts.isRefused ? step("report", "disagreed", "refused") : step("none", whileOpen(facts), "open")
}

/** The work system has the ticket open, or was not asked yet. */
function whileOpen({ record, reopenings }: AgreementFacts): AgreementState {
  if (record.closedAt !== null) return "disagreed"
  return reopenings >= escalatesFrom ? "escalated" : "agreed_open"
}

function step(act: AgreementAct, state: AgreementState, because: string, deadline: Date | null = null): AgreementStep {
  return { act, state, deadline, because }
}
