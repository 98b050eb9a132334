import { Link } from "@tanstack/react-router"
import type { InboxLocation } from "../inbox/inbox-location.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Badge } from "../ui/badge.tsx"
import { phaseTones } from "./phase-colours.ts"
import type { ListedTicket } from "./ticket.ts"

interface Props {
  ticket: ListedTicket
  /** The list in which it is opened. */
  search: InboxLocation["search"] | { view: string }
}

/** A ticket among others of the same contact. */
export function TicketLine({ ticket, search }: Props) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { number, preview, subject, phase, createdAt, lastMessageAt } = ticket
  return (
    <Link
      to="/tickets/$ref"
      params={{ ref: number }}
      search={search}
      className="flex min-h-8 items-center gap-2 rounded px-2 text-sm hover:bg-hover"
    >
      <span className="shrink-0 tabular-nums">{number}</span>
      <span className="min-w-0 grow truncate text-muted">{preview?.text || subject || t("list.noText")}</span>
      <Badge tone={phaseTones[phase]}>{t(`status.${phase}`)}</Badge>
      <time className="shrink-0 text-xs text-faint tabular-nums" dateTime={createdAt}>
        {when.short(lastMessageAt ?? createdAt)}
      </time>
    </Link>
  )
}
