// The link leaves sealed: who reads the ticket, or a copy of the database, cannot answer for the customer.
import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { queueMail } from "#kernel/mail/mail-queue.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { fillTemplateParts, templateToSend } from "#connections/index.ts"
import { refusesMarketing } from "#contacts/index.ts"
import { type CustomerWay, postAutomaticText } from "#replies/index.ts"
import { formatText } from "#texts/format-text.ts"
import { customerEmailSubject, type TicketRow } from "#tickets/index.ts"
import type { NoSurvey } from "./survey-eligibility.ts"
import { surveyQuestion } from "./survey-question.ts"

type Delivery = {
  ticket: TicketRow
  way: CustomerWay
  survey: { endsAt: Date }
  token: string
  link: string
}

/** Queues the question with its link. Null when it will leave. */
export async function deliverSurvey(act: Act, secrets: Secrets, delivery: Delivery): Promise<NoSurvey | null> {
  const { ticket, way, link } = delivery
  if (way.by === "template") return byTemplate(act, secrets, { ...delivery, way })
  const { language } = way
  const question = await surveyQuestion(act, language)
  const wordsWith = (shown: string) => formatText(language, "surveyPage.text", { question, link: shown })
  if (way.by === "mail") {
    const text = wordsWith(link)
    const words = {
      subject: customerEmailSubject(language, ticket, way),
      text,
      ...(way.isQuotable && { answerableText: text }),
    }
    const endsAt = delivery.survey.endsAt.toISOString()
    const isMailable = await queueMail(act, secrets, { to: way.email, topic: ticket.id, endsAt, ...words })
    return isMailable ? null : "unreachable"
  }
  const text = wordsWith(formatText(language, "surveyPage.hiddenLink"))
  const { ticketId, connection, to } = way
  const sealed = { content: secrets.seal(wordsWith(link)), template: null }
  await postAutomaticText(act, ticketId, { connection, to, text, which: "survey", sealed })
  return null
}

type ByTemplate = Delivery & { way: Extract<CustomerWay, { by: "text" | "template" }> }

/** With one gap, for the link: in the text, or at the end of a button's address. */
async function byTemplate(act: Act, secrets: Secrets, { way, token, link }: ByTemplate): Promise<NoSurvey | null> {
  const { connection, to, ticketId, language } = way
  const use = connection.surveyTemplate
  if (use === null) return "window_closed"
  const template = await templateToSend(act.tx, connection.id, use).catch(unlessRefused)
  const [gap, ...others] = template?.opened.placeholders ?? []
  if (!template || !gap || others.length > 0 || template.opened.headerMedia !== null) return "template_unfit"
  if (template.category === "MARKETING" && (await refusesMarketing(act.tx, to.identityId))) return "unreachable"
  const { name, components } = fillTemplateParts(template, [gap.part === "button" ? token : link])
  const sealed = {
    content: null,
    template: secrets.seal(JSON.stringify({ name, language: template.language, components })),
  }
  const text = template.opened.text([formatText(language, "surveyPage.hiddenLink")])
  await postAutomaticText(act, ticketId, { connection, to, text, which: "survey", sealed })
  return null
}

/** It is gone, or may not be sent any more. */
function unlessRefused(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}
