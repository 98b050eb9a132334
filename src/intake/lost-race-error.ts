import { Refusal, uniqueViolation } from "#kernel/errors.ts"

/** The thread, contact or message is no longer what the plan was made for. Shaped as the database's own refusal, so that one loop handles both. */
export const lostRaceError = (about: "thread" | "contact" | "message") =>
  Object.assign(new Error(`the ${about} changed while it was looked at`), {
    code: "23505",
    constraint: `lost ${about}`,
  })

/** Which race was lost, so that it may be run once more; null when it is another error. Of several that wait in a circle the database ends one. */
export function lostRaceOf(error: unknown): string | null {
  const isDeadlock = (error as { code?: unknown } | null)?.code === "40P01"
  return isDeadlock ? "deadlock" : uniqueViolation(error)
}

/** Others are at the same conversation for too long. */
export const tooBusy = () =>
  new Refusal("unavailable", "unavailable", "The conversation is very busy; send the message again", {
    retryAfterSeconds: 1,
  })
