import type { ApiResult } from "./chat-api.ts"

/** What becomes of a message after the server's answer, and when it is tried again. */
export type SendOutcome = { is: "sent" } | { is: "waiting"; afterMs: number } | { is: "failed"; code: string }

const firstWaitMs = 1_000
const longestWaitMs = 30_000

/** `tries` counts the attempts so far. Only an answer that will never change by waiting makes a message fail. */
export function sendOutcome(answer: ApiResult<unknown>, tries: number): SendOutcome {
  if (answer.ok) return { is: "sent" }
  const { status } = answer
  const passing = status === 0 || status === 401 || status === 408 || status === 425 || status === 429 || status >= 500
  if (!passing) return { is: "failed", code: answer.code }
  const asked = (answer.afterSeconds ?? 0) * 1_000
  const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, tries - 1))
  return { is: "waiting", afterMs: Math.max(asked, backoff) }
}
