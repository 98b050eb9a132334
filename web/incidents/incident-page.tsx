import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { ticketRefOf } from "../tickets/ticket.ts"
import { ticketQuery } from "../tickets/ticket-queries.ts"
import { Avatar } from "../ui/avatar.tsx"
import { BackLink } from "../ui/back-link.tsx"
import { Badge } from "../ui/badge.tsx"
import { CopyButton } from "../ui/copy-button-and-snippet.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { incidentQuery, type Incident } from "./incident-queries.ts"
import { IncidentTimeline } from "./incident-timeline.tsx"
import { IncidentNotes } from "./incident-notes.tsx"
import { ScorePanel } from "./score-panel.tsx"
import { ShipmentDetails } from "./shipment-details.tsx"
import { StatusBadge } from "./status-badge.tsx"
import { IncidentActions } from "./incident-actions.tsx"
import { useIncidentText } from "./incident-text.ts"

export function IncidentPage() {
  const { t } = useTexts()
  const { ref: written = "" } = useParams({ strict: false })
  const ref = ticketRefOf(written)
  const query = useQuery(incidentQuery(ref))
  const { data: ticket } = useQuery(ticketQuery(ref))
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-96" />
      </NotLoaded>
    )
  const incident = query.data
  return (
    <>
      <BackLink to="/incidents">{t("incident.board")}</BackLink>
      <Head incident={incident}>{ticket && <IncidentActions ticket={ticket} />}</Head>
      <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-8 max-lg:grid-cols-1">
        <div className="grid gap-8 max-lg:order-2">
          <IncidentTimeline incident={incident} />
          <IncidentNotes ticketRef={incident.number} mayWrite={Boolean(ticket?.can.includes("note"))} />
        </div>
        <div className="grid gap-6">
          <ScorePanel incident={incident} />
          <ShipmentDetails incident={incident} />
        </div>
      </div>
    </>
  )
}

function Head({ incident: one, children }: { incident: Incident; children: ReactNode }) {
  const { t } = useTexts()
  const words = useIncidentText()
  const { incident } = one
  return (
    <header className="mb-5 flex flex-wrap items-center gap-3">
      <div className="grid min-w-0 grow basis-72 gap-1">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="min-w-0 text-xl font-strong break-all tabular-nums">{words.name(one)}</h2>
          <CopyButton text={incident.guia} label={`${t("action.copy")}: ${t("incident.guia")}`} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <span>{words.trigger(incident.trigger)}</span>
          <StatusBadge status={incident.status} />
          <Badge tone={incident.priority === "alta" ? "red" : "neutral"}>
            {t(`incident.priority.${incident.priority}`)}
          </Badge>
          {one.assignee && (
            <span className="flex items-center gap-1.5 text-muted">
              <Avatar name={one.assignee.name} size={18} />
              {t("list.assignedTo", { name: one.assignee.name })}
            </span>
          )}
        </div>
      </div>
      {children}
    </header>
  )
}
