// A customer who was asked how it was, and answers.
import { inTransaction, system } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { record } from "#event-log/index.ts"
import { answerSurvey } from "#surveys/answer-survey.ts"
import { surveyDays } from "#surveys/send-survey-at-ticket-end.ts"
import { insertSurvey, renewToken } from "#surveys/survey-store.ts"
import { lockTicket } from "#tickets/index.ts"
import type { ActOfKind, SceneContext, SceneProgress } from "./scene-context.ts"

const minutesToAnswer = 25

/** The question went out a while before; nothing of it leaves now. */
export async function askAndAnswer(
  { kit }: SceneContext,
  { ticketId, scene }: SceneProgress,
  { at, score, comment }: ActOfKind<"score">,
) {
  if (ticketId === null) return
  const customer = { actor: { kind: "contact", id: null }, now: at } as const
  await inTransaction(kit.db, customer, async (act) => {
    const { cycle } = await lockTicket(act, ticketId)
    const asking = { ...act, actor: system, now: new Date(at.getTime() - minutesToAnswer * 60_000) }
    const token = newId("demo")
    const known = { tokenHash: tokenHash(token), sentAt: asking.now }
    // Hilo itself may have asked meanwhile: its question is the one that is answered.
    const isAsked = await renewToken(asking, { ticketId, cycle, ...known })
    if (!isAsked) {
      const id = newId("srv")
      const endsAt = new Date(asking.now.getTime() + surveyDays * 86_400_000)
      const { language } = scene.customer
      await insertSurvey(asking, { id, ticketId, cycle, tokenHash: known.tokenHash, language, way: "mail", endsAt })
      const why = { question: "survey", answer: "sent", code: "survey_sent", inputs: {}, rejected: [] }
      await record(asking, "survey.sent", { ticketId, subjectId: id, data: { way: "mail" }, why })
    }
    await answerSurvey(act, token, { score, ...(comment !== undefined && { comment }) })
  })
}
