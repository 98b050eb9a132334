import { useQuery } from "@tanstack/react-query"
import { contactQuery } from "../../contacts/contact-query.ts"
import { useInstantIn } from "../../lib/formats/instant-in-zone-text.ts"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { calendarQuery } from "../../settings/calendars/calendar-queries.ts"
import type { Ticket } from "../ticket.ts"
import { useDecisionText } from "../timeline/automatic-decision-text.ts"
import { decisionsQuery } from "../timeline/timeline-queries.ts"
import type { SlaTarget } from "./nearest-deadline.ts"

/** When it is due on the clocks of the reader and of the customer, by which calendar it is counted, and why. */
export function DeadlineExplanation({ ticket, target }: { ticket: Ticket; target: SlaTarget }) {
  const { t } = useTexts()
  const say = useDecisionText()
  const decision = useDecision(ticket.number, target)
  const calendarId = decision?.inputs?.["calendar"]
  const calendar = useQuery({ ...calendarQuery(String(calendarId)), enabled: typeof calendarId === "string" }).data
  return (
    <span className="grid gap-1">
      {target.dueAt && <DueTimes ticket={ticket} dueAt={target.dueAt} />}
      {calendar && <span>{t("sla.calendarIn", { name: calendar.name, zone: calendar.timezone })}</span>}
      {decision && <span className="opacity-75">{say(decision)}</span>}
    </span>
  )
}

/** The one that gave this deadline; of several the newest. */
function useDecision(number: string, { metric, dueAt }: SlaTarget) {
  const codes = [`sla_${metric}`, `sla_${metric}_in_calendar`]
  const decisions = useQuery(decisionsQuery(number)).data?.items.filter(({ code }) => codes.includes(code)) ?? []
  return decisions.findLast(({ answer }) => answer === dueAt) ?? decisions.at(-1)
}

function DueTimes({ ticket: { contact, number }, dueAt }: { ticket: Ticket; dueAt: string }) {
  const { t } = useTexts()
  const { timezone } = useMe()
  const theirs = useQuery({ ...contactQuery(contact?.id ?? "", number), enabled: contact !== null }).data?.timezone
  const [here, there] = [useInstantIn(timezone), useInstantIn(theirs ?? timezone)]
  return (
    <>
      <span>{t("sla.dueIn", { when: here(dueAt), zone: timezone })}</span>
      {theirs && theirs !== timezone && <span>{t("sla.dueForCustomer", { when: there(dueAt), zone: theirs })}</span>}
    </>
  )
}
