import type { Act } from "#kernel/act.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { record } from "#event-log/index.ts"
import { saveSurveyScore } from "#tickets/index.ts"
import type { StoredAnswer, SurveyAnswer } from "./api-contract.ts"
import { type LinkedSurvey, lockOpenSurveyOfTicket, lockSurveyOfLink, saveAnswer } from "./survey-store.ts"

/**
 * The first answer stands; it wakes nothing and touches nothing of the ticket but its score. Refuses: a link that is too old as
 * one that was never made (404), and a second answer (409 `survey_answered`).
 */
export async function answerSurvey(act: Act, token: string, given: SurveyAnswer): Promise<StoredAnswer> {
  const survey = await lockSurveyOfLink(act, tokenHash(token))
  if (survey && survey.score !== null) throw new Refusal("conflict", "survey_answered")
  if (!survey || survey.endsAt <= act.now) throw notFound("survey")
  return settle(act, survey, given)
}

/** The same for somebody who came to the ticket by a link that was mailed to its customer. What is over changes nothing. */
export async function answerSurveyOfTicket(act: Act, ticketId: string, given: SurveyAnswer): Promise<void> {
  const survey = await lockOpenSurveyOfTicket(act, ticketId)
  if (survey) await settle(act, survey, given)
}

async function settle(act: Act, survey: LinkedSurvey, given: SurveyAnswer): Promise<StoredAnswer> {
  const answer = { score: given.score, comment: given.comment?.trim() || null }
  await saveAnswer(act, survey.id, answer)
  await saveSurveyScore(act, survey.ticketId, given.score)
  const data = { score: given.score }
  await record(act, "survey.answered", { ticketId: survey.storyId, subjectId: survey.id, data })
  return answer
}
