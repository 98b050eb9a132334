import { inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { clientAddress, createThrottle } from "#people/index.ts"
import { answerSurvey } from "./answer-survey.ts"
import type { StoredAnswer, SurveyAnswer } from "./api-contract.ts"

export type Answering = (ip: string, token: string, given: SurveyAnswer) => Promise<StoredAnswer>

/** Stores answers as customers. Guesses add up by where they come from (429); an answer that was taken does not count. */
export function createAnswering(kit: Kit): Answering {
  const limit = createThrottle(kit.db, "survey_answer", { points: 30, seconds: 600 })
  return async (ip, token, given) => {
    const client = clientAddress(ip)
    await limit.spend(client)
    const customer = { actor: { kind: "contact", id: null }, now: kit.now() } as const
    const stored = await inTransaction(kit.db, customer, (act) => answerSurvey(act, token, given))
    await limit.forgive(client)
    return stored
  }
}
