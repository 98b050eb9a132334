import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { MessageFiles } from "../files/message-files.tsx"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { DeadlineChips } from "../tickets/sla/deadline-chips.tsx"
import { isDone, type Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { ErrorState } from "../ui/loading-empty-and-error.tsx"
import { MoreButton } from "../ui/more-button.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { ReplyBox } from "./reply-box.tsx"
import { LoadingRows } from "./portal-layout.tsx"
import { requestQuery, requestMessagesQuery, type RequestMessage, useChangeRequestStatus } from "./request-queries.ts"
import { StatusLabel } from "./status-label.tsx"

export function RequestPage() {
  const { t } = useTexts()
  const ref = useParams({ from: "/my/$ref" }).ref
  const ticket = useQuery(requestQuery(ref))
  useDocumentTitle(ticket.data?.subject ?? t("portal.title"))
  return (
    <>
      <Link to="/my" className="mb-2 inline-flex min-h-8 items-center gap-1.5 text-sm text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden />
        {t("portal.list")}
      </Link>
      {ticket.data && <Opened ticket={ticket.data} />}
      {!ticket.data &&
        (ticket.error ? <ErrorState error={ticket.error} title={t("portal.notFound")} /> : <LoadingRows />)}
    </>
  )
}

function Opened({ ticket }: { ticket: Ticket }) {
  const { number, subject, phase, can, resolution } = ticket
  const { t } = useTexts()
  return (
    <article aria-label={subject || number}>
      <header className="mb-3 grid gap-1">
        <h1 dir="auto" className="text-xl font-strong break-words">
          {subject || number}
        </h1>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <span role="status">
            <StatusLabel phase={phase} />
          </span>
          <span className="tabular-nums">{number}</span>
          {ticket.assignee && <span>{t("portal.assignedTo", { name: ticket.assignee.name })}</span>}
        </p>
        <DeadlineChips sla={ticket.sla} className="pt-1" />
      </header>
      <Line ticket={ticket} />
      {resolution && (
        <p className="mt-3 rounded border border-line bg-green-soft px-3 py-2 break-words whitespace-pre-wrap">
          {resolution}
        </p>
      )}
      <Ends ticket={ticket} />
      {can.includes("reply") && <ReplyBox ticket={ticket} />}
    </article>
  )
}

function Ends({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const set = useChangeRequestStatus(ticket.number)
  const to = isDone(ticket) ? "open" : "closed"
  if (!ticket.can.includes(to)) return null
  return (
    <div className="mt-3 flex flex-wrap items-center justify-end gap-3">
      <ProblemLine error={set.error} className="text-sm" />
      <Button disabled={set.isPending} onClick={() => set.mutate(to)}>
        {t(to === "open" ? "portal.reopen" : "portal.close")}
      </Button>
    </div>
  )
}

function Line({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const said = useInfiniteQuery(requestMessagesQuery(ticket.number))
  if (!said.data)
    return said.error ? <ErrorState error={said.error} retry={() => void said.refetch()} /> : <LoadingRows />
  const all = said.data.pages.flatMap(({ items }) => items).toReversed()
  return (
    <>
      <MoreButton query={said} className="mb-2 w-full">
        {t("portal.olderMessages")}
      </MoreButton>
      <ol aria-label={t("portal.thread")} className="relative grid gap-3">
        <span aria-hidden className="absolute top-2 bottom-2 left-[4px] w-px bg-line" />
        {all.map((message) => (
          <TimelineDot key={message.id} message={message} />
        ))}
      </ol>
    </>
  )
}

/** The same line as the staff see: what the customer wrote is hollow, what we wrote is filled. */
function TimelineDot({ message }: { message: RequestMessage }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const isMine = message.direction === "in"
  const name = isMine ? t("portal.you") : (message.sender.name ?? t("portal.support"))
  const { content, contentHtml, sentAt } = message
  return (
    <li className="relative pl-6">
      <span
        aria-hidden
        className={classNames(
          "absolute top-[13px] left-0 size-[9px] rounded-full border-2",
          isMine ? "border-edge bg-canvas" : "border-accent bg-accent",
        )}
      />
      <div className={classNames("rounded border border-line px-3 py-2", isMine ? "bg-raised" : "bg-accent-soft")}>
        <p className="mb-0.5 flex flex-wrap items-baseline justify-between gap-x-3 text-xs text-muted">
          <span className="font-strong text-ink">{name}</span>
          <time dateTime={sentAt} title={when.full(sentAt)} className="tabular-nums">
            {when.short(sentAt)}
          </time>
        </p>
        <MessageFiles files={message.attachments} alt={content || t("file.of", { name })} />
        {contentHtml ? (
          <div dir="auto" className="prose min-w-0" dangerouslySetInnerHTML={{ __html: contentHtml }} />
        ) : (
          <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {content}
          </p>
        )}
      </div>
    </li>
  )
}
