import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Fact, Facts } from "./facts.tsx"
import { Sorted } from "./sorted.tsx"
import type { Ticket } from "./ticket.ts"

export function TicketTab({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const when = useWhen()
  const time = (iso: string | null) => (iso ? <time dateTime={iso}>{when.full(iso)}</time> : t("details.none"))
  return (
    <>
      <Sorted ticket={ticket} />
      <Facts>
        {ticket.incident && (
          <Fact name={t("kind.incident")}>
            <Link
              to="/incidents/$ref"
              params={{ ref: ticket.number }}
              aria-label={`${t("details.openIncident")} ${ticket.incident.guia}`}
              className="break-all text-accent underline underline-offset-2 tabular-nums"
            >
              {ticket.incident.guia}
            </Link>
          </Fact>
        )}
        <Fact name={t("details.status")}>{t(`status.${ticket.phase}`)}</Fact>
        <Fact name={t("ticket.assignee")}>{ticket.assignee?.name ?? t("ticket.nobody")}</Fact>
        <Fact name={t("ticket.team")}>{ticket.team?.name ?? t("ticket.noTeam")}</Fact>
        <Fact name={t("details.priority")}>{t(`priority.${ticket.priority}`)}</Fact>
        <Fact name={t("details.kind")}>{t(`kind.${ticket.kind}`)}</Fact>
        <Fact name={t("details.channel")}>{t(`channel.${ticket.channel}`)}</Fact>
        <Fact name={t("details.connection")}>{ticket.connection?.name ?? t("details.none")}</Fact>
        {ticket.description && (
          <Fact name={t("details.description")}>
            <span className="whitespace-pre-wrap">{ticket.description}</span>
          </Fact>
        )}
        {ticket.resolution && (
          <Fact name={t("details.resolution")}>
            <span className="whitespace-pre-wrap">{ticket.resolution}</span>
          </Fact>
        )}
        {ticket.snoozedUntil && <Fact name={t("details.snoozed")}>{time(ticket.snoozedUntil)}</Fact>}
        <Fact name={t("details.messages")}>{ticket.messageCount}</Fact>
        <Fact name={t("details.reopenCount")}>{t("details.reopenTimes", { count: ticket.reopenCount })}</Fact>
        <Fact name={t("details.created")}>{time(ticket.createdAt)}</Fact>
        <Fact name={t("details.firstResponse")}>{time(ticket.firstResponseAt)}</Fact>
        <Fact name={t("details.lastMessage")}>{time(ticket.lastMessageAt)}</Fact>
        <Fact name={t("details.closedAt")}>{time(ticket.closedAt ?? ticket.resolvedAt)}</Fact>
      </Facts>
    </>
  )
}
