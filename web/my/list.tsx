import { useInfiniteQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useTitle } from "../lib/title.ts"
import { useWhen } from "../lib/when.ts"
import type { ListedTicket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { Broken, Empty } from "../ui/state.tsx"
import { Rows } from "./my.tsx"
import { myTicketsQuery } from "./requests.ts"
import { Standing } from "./standing.tsx"

export function MyList() {
  const { t } = useTexts()
  const list = useInfiniteQuery(myTicketsQuery)
  const tickets = list.data?.pages.flatMap(({ items }) => items)
  useTitle(t("my.title"))
  if (!tickets) return list.error ? <Broken error={list.error} retry={() => void list.refetch()} /> : <Rows />
  if (tickets.length === 0) return <Empty title={t("my.emptyTitle")} text={t("my.emptyText")} action={<NewButton />} />
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <h1 className="text-xl font-strong">{t("my.list")}</h1>
        <NewButton />
      </div>
      <ul className="overflow-hidden rounded border border-line bg-surface">
        {tickets.map((ticket) => (
          <Row key={ticket.id} ticket={ticket} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-3 w-full" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("my.more")}
        </Button>
      )}
    </>
  )
}

function NewButton() {
  const { t } = useTexts()
  return (
    <Button asChild look="primary">
      <Link to="/my/new">
        <Plus />
        {t("my.new")}
      </Link>
    </Button>
  )
}

function Row({ ticket }: { ticket: ListedTicket }) {
  const when = useWhen()
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
        <span className="mt-1 flex items-center gap-3 text-sm text-muted">
          <Standing phase={ticket.phase} />
          <span className="tabular-nums">{ticket.number}</span>
        </span>
      </Link>
    </li>
  )
}
