// The question about a ticket for pages that know no surveys: who reads the ticket by a link of their own answers there.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { answerSurveyOfTicket } from "./answer-survey.ts"
import { answerBody } from "./api-contract.ts"
import { surveyQuestion } from "./survey-question.ts"
import { openSurveyOfTicket } from "./survey-store.ts"

export const surveyOfTicket = {
  /** The question, when one is open. */
  question: async (db: Database, ticketId: string, now: Date, language: Language): Promise<string | null> =>
    (await openSurveyOfTicket(db.kysely, ticketId, now)) ? surveyQuestion(db, language) : null,
  /** False when that is no answer. */
  answer: async (act: Act, ticketId: string, given: unknown): Promise<boolean> => {
    const answer = answerBody.safeParse(given)
    if (answer.success) await answerSurveyOfTicket(act, ticketId, answer.data)
    return answer.success
  },
}
