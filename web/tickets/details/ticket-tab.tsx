import { Link } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Definition, DefinitionList } from "./definition-list.tsx"
import { DeadlineList } from "../sla/deadline-chips.tsx"
import { TagsAndFields } from "../fields/tags-and-fields.tsx"
import type { Ticket } from "../ticket.ts"

export function TicketTab({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const time = (iso: string | null) => (iso ? <time dateTime={iso}>{when.full(iso)}</time> : t("details.none"))
  return (
    <>
      <TagsAndFields ticket={ticket} />
      <DefinitionList>
        {ticket.incident && (
          <Definition name={t("kind.incident")}>
            <Link
              to="/incidents/$ref"
              params={{ ref: ticket.number }}
              aria-label={`${t("details.openIncident")} ${ticket.incident.guia}`}
              className="break-all text-accent underline underline-offset-2 tabular-nums"
            >
              {ticket.incident.guia}
            </Link>
          </Definition>
        )}
        <Definition name={t("details.status")}>{t(`status.${ticket.phase}`)}</Definition>
        <Definition name={t("ticket.assignee")}>{ticket.assignee?.name ?? t("ticket.nobody")}</Definition>
        <Definition name={t("ticket.team")}>{ticket.team?.name ?? t("ticket.noTeam")}</Definition>
        <Definition name={t("details.priority")}>{t(`priority.${ticket.priority}`)}</Definition>
        {ticket.sla && (
          <Definition name={t("sla.deadlines")}>
            <DeadlineList targets={ticket.sla.targets} />
          </Definition>
        )}
        <Definition name={t("details.kind")}>{t(`kind.${ticket.kind}`)}</Definition>
        <Definition name={t("details.channel")}>{t(`channel.${ticket.channel}`)}</Definition>
        <Definition name={t("details.connection")}>{ticket.connection?.name ?? t("details.none")}</Definition>
        {ticket.description && (
          <Definition name={t("details.description")}>
            <span className="whitespace-pre-wrap">{ticket.description}</span>
          </Definition>
        )}
        {ticket.resolution && (
          <Definition name={t("details.resolution")}>
            <span className="whitespace-pre-wrap">{ticket.resolution}</span>
          </Definition>
        )}
        {ticket.surveyScore !== null && (
          <Definition name={t("details.survey")}>{t("survey.score", { score: ticket.surveyScore })}</Definition>
        )}
        {ticket.snoozedUntil && <Definition name={t("details.snoozed")}>{time(ticket.snoozedUntil)}</Definition>}
        <Definition name={t("details.messages")}>{ticket.messageCount}</Definition>
        <Definition name={t("details.reopenCount")}>
          {t("details.reopenTimes", { count: ticket.reopenCount })}
        </Definition>
        <Definition name={t("details.created")}>{time(ticket.createdAt)}</Definition>
        <Definition name={t("details.firstResponse")}>{time(ticket.firstResponseAt)}</Definition>
        <Definition name={t("details.lastMessage")}>{time(ticket.lastMessageAt)}</Definition>
        <Definition name={t("details.closedAt")}>{time(ticket.closedAt ?? ticket.resolvedAt)}</Definition>
      </DefinitionList>
    </>
  )
}
