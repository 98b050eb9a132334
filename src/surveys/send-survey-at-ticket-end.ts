// The end of a ticket is followed by one question to its customer: how was it? By a link that they alone have.
import { randomBytes } from "node:crypto"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { newId } from "#kernel/ids.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { record, type ReactionPayload } from "#event-log/index.ts"
import { customerWay } from "#replies/index.ts"
import { lockTicket, type TicketRow } from "#tickets/index.ts"
import { whyNoSurvey } from "./survey-eligibility.ts"
import { deliverSurvey } from "./deliver-survey.ts"
import { campaignShipmentOf, endsToAskAbout, insertSurvey } from "./survey-store.ts"

/** How long a link may be answered (days). */
export const surveyDays = 30

const eventIdOf = (payload: object) => (payload as ReactionPayload).eventId

export const surveyJobs = (kit: Kit, publicUrl: string): Job[] => [
  {
    name: "send-survey",
    worthwhile: async (tx, payloads) => {
      const ends = await endsToAskAbout(tx, payloads.map(eventIdOf))
      return payloads.filter((payload) => ends.has(eventIdOf(payload)))
    },
    run: (payload) => sendSurvey(kit, publicUrl, payload as ReactionPayload),
  },
]

async function sendSurvey(kit: Kit, publicUrl: string, { eventId, depth, ticketId }: ReactionPayload): Promise<void> {
  if (ticketId === null) return
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    // Under the lock: what came back meanwhile, or was asked about by another server, is not asked about.
    if (!(await endsToAskAbout(act.tx, [eventId])).has(eventId)) return
    const asked = await ask(act, kit, publicUrl, ticket)
    const isAsked = typeof asked !== "string"
    const why = {
      question: "survey",
      answer: isAsked ? "sent" : "not_sent",
      code: isAsked ? "survey_sent" : `survey_${asked}`,
      inputs: {},
      rejected: [],
    }
    const data = isAsked ? { way: asked.way } : {}
    const subjectId = isAsked ? asked.id : null
    await record(act, isAsked ? "survey.sent" : "survey.skipped", { ticketId, subjectId, data, why })
  })
}

async function ask(act: Act, kit: Kit, publicUrl: string, ticket: TicketRow) {
  const campaignShipmentId = await campaignShipmentOf(act, ticket.id)
  const reason = whyNoSurvey({ ...ticket, campaignShipmentId })
  if (reason !== null) return reason
  const way = await customerWay(act, ticket)
  if (typeof way === "string") return way
  const token = randomBytes(18).toString("hex")
  const survey = {
    id: newId("srv"),
    ticketId: ticket.id,
    cycle: ticket.cycle,
    tokenHash: tokenHash(token),
    language: way.language,
    way: way.by,
    endsAt: new Date(act.now.getTime() + surveyDays * 86_400_000),
  }
  const failure = await deliverSurvey(act, kit.secrets, { ticket, way, survey, token, link: `${publicUrl}/s/${token}` })
  if (failure !== null) return failure
  await insertSurvey(act, survey)
  return survey
}
