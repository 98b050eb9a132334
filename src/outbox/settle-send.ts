import type { Act } from "#kernel/act.ts"
import { openCircuitBreaker } from "#connections/index.ts"
import { type SendOutcome } from "#channels/index.ts"
import { saveSentMail, setDelivery, storeExternalId } from "#messages/index.ts"
import { nextRetryDelay } from "./retry-backoff.ts"
import { scheduleRevival } from "./retry-given-up-sends.ts"
import { type Claim, settleSend } from "./send-store.ts"

/** Stores what became of one try: of the send, of the message, and of the connection when the whole account is at fault. */
export async function settleOutcome(act: Act, claim: Claim, outcome: SendOutcome): Promise<void> {
  switch (outcome.state) {
    case "sent":
    case "delivered":
      await settleSend(act, claim, { state: "sent" })
      // Also when the claim had run out: that it was sent is true all the same.
      if (outcome.externalId !== undefined) await storeExternalId(act, claim.messageId, outcome.externalId)
      if (outcome.mail) await saveSentMail(act, claim.messageId, outcome.mail)
      await setDelivery(act, claim.messageId, outcome.state, outcome.mail?.refused.length ? "some_recipients" : null)
      return
    case "retry":
      return tryAgain(act, claim, outcome)
    case "unknown":
      if (await settleSend(act, claim, { ...faultOf(outcome), state: "unknown" }))
        await setDelivery(act, claim.messageId, "unknown", outcome.why)
      return
    case "blocked":
      // Nothing is wrong with the message: it waits in its place until the connection may send again.
      if (await settleSend(act, claim, { ...faultOf(outcome), state: "queued" }))
        await openCircuitBreaker(act, claim.connectionId, { code: outcome.code ?? null, reason: outcome.why })
      return
    case "rejected":
      return fail(act, claim, outcome, outcome.why)
  }
}

async function tryAgain(act: Act, claim: Claim, outcome: Extract<SendOutcome, { state: "retry" }>): Promise<void> {
  const tries = claim.tries + (outcome.class === "rate" ? 0 : 1)
  const { class: kind, afterMs } = outcome
  const wait = nextRetryDelay({ tries, class: kind, afterMs, chance: Math.random() })
  if (wait === null) {
    const isOutage = kind !== "media"
    await fail(act, { ...claim, tries }, outcome, isOutage ? "gave_up" : outcome.why)
    if (isOutage) await scheduleRevival(act, claim.messageId)
    return
  }
  const nextAt = new Date(act.now.getTime() + wait)
  await settleSend(act, claim, { ...faultOf(outcome), state: "queued", tries, nextAt })
}

async function fail(
  act: Act,
  claim: Claim,
  outcome: Exclude<SendOutcome, { state: "sent" | "delivered" }>,
  why: string,
) {
  const fault = faultOf(outcome)
  if (!(await settleSend(act, claim, { ...fault, state: "failed", tries: claim.tries }))) return
  await setDelivery(act, claim.messageId, "failed", why, {
    code: fault.code ?? null,
    class: fault.class ?? null,
    httpStatus: fault.httpStatus ?? null,
    retries: claim.tries,
  })
}

const faultOf = ({ code, class: kind, httpStatus }: Exclude<SendOutcome, { state: "sent" | "delivered" }>) => ({
  code,
  class: kind,
  httpStatus,
})
