import { useInfiniteQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import type { ListedTicket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { ErrorState, EmptyState } from "../ui/loading-empty-and-error.tsx"
import { MoreButton } from "../ui/more-button.tsx"
import { LoadingRows } from "./portal-layout.tsx"
import { NearestDeadlineText } from "./nearest-deadline-text.tsx"
import { requestsQuery } from "./request-queries.ts"
import { UnconfirmedAddresses } from "./claim-or-disown-addresses.tsx"
import { StatusLabel } from "./status-label.tsx"

export function RequestList() {
  return (
    <>
      <UnconfirmedAddresses />
      <Requests />
      <TrackLink />
    </>
  )
}

/** A ticket that was opened with another address of theirs is followed there. */
function TrackLink() {
  const { t, language } = useTexts()
  return (
    <p className="mt-4 pb-4 text-center text-sm">
      <a href={`/track?lang=${language}`} className="text-accent underline">
        {t("portal.track")}
      </a>
    </p>
  )
}

function Requests() {
  const { t } = useTexts()
  const list = useInfiniteQuery(requestsQuery)
  const tickets = list.data?.pages.flatMap(({ items }) => items)
  useDocumentTitle(t("portal.title"))
  if (!tickets)
    return list.error ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : <LoadingRows />
  if (tickets.length === 0)
    return <EmptyState title={t("portal.emptyTitle")} text={t("portal.emptyText")} action={<NewButton />} />
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <h1 className="text-xl font-strong">{t("portal.list")}</h1>
        <NewButton />
      </div>
      <ul className="overflow-hidden rounded border border-line bg-surface">
        {tickets.map((ticket) => (
          <Row key={ticket.id} ticket={ticket} />
        ))}
      </ul>
      <MoreButton query={list} className="mt-3 w-full" />
    </>
  )
}

function NewButton() {
  const { t } = useTexts()
  return (
    <Button asChild look="primary">
      <Link to="/my/new">
        <Plus />
        {t("portal.new")}
      </Link>
    </Button>
  )
}

function Row({ ticket }: { ticket: ListedTicket }) {
  const when = useTimeFormat()
  const at = ticket.lastMessageAt ?? ticket.createdAt
  return (
    <li className="border-b border-line last:border-b-0">
      <Link to="/my/$ref" params={{ ref: ticket.number }} className="block px-4 py-3 hover:bg-hover max-md:px-3">
        <span className="flex items-baseline gap-3">
          <span dir="auto" className="min-w-0 grow truncate font-strong">
            {ticket.subject || ticket.number}
          </span>
          <time dateTime={at} title={when.full(at)} className="shrink-0 text-xs text-muted tabular-nums">
            {when.short(at)}
          </time>
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <StatusLabel phase={ticket.phase} />
          <span className="tabular-nums">{ticket.number}</span>
          <NearestDeadlineText sla={ticket.sla} />
        </span>
      </Link>
    </li>
  )
}
