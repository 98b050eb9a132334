import { useQuery, useQueryClient } from "@tanstack/react-query"
import { memo, useEffect, useRef, useState } from "react"
import { flushSync } from "react-dom"
import type { NeighbouringTickets } from "../inbox/list/use-ticket-list.ts"
import type { InboxLocation } from "../inbox/inbox-location.ts"
import { Problem } from "../lib/api-client.ts"
import { ticketChannels } from "../channels/channel-registry.ts"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { MacroDialogOpener } from "../macros/macro-dialog-opener.tsx"
import { useMe } from "../session/session-queries.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { ErrorState, EmptyState, Skeleton, LoadingState } from "../ui/loading-empty-and-error.tsx"
import { useAddAddressRequested } from "../contacts/addresses/open-add-address.ts"
import { useFocusOnArrival } from "./after-closing/go-on.ts"
import { useAssign, useChangeStatus } from "./ticket-mutations.ts"
import { useReportViewing } from "./viewers/ticket-viewers.ts"
import { TypingLine } from "./viewers/viewer-avatars-and-typing-line.tsx"
import { Composer } from "./composer/composer.tsx"
import { TicketDetails } from "./details/ticket-details.tsx"
import type { Mode } from "./messages/reply-or-note-mode.ts"
import type { Message } from "./messages/message-queries.ts"
import { MergedBanner } from "./merge/merged-banner.tsx"
import { ticketUrl, useCopyToClipboard } from "./header/more-menu.tsx"
import { NewerReplyDialog } from "./composer/newer-colleague-reply-dialog.tsx"
import { useReplyWindow } from "./composer/reply-window-query.ts"
import { useRetrySend } from "./composer/send-message.ts"
import { SplitBar } from "./merge/split-bar.tsx"
import { useSplitSelection } from "./merge/split-selection.ts"
import { TicketTimeline } from "./timeline/ticket-timeline.tsx"
import { TicketHeader } from "./header/ticket-header.tsx"
import { endStatus, hasNoContact, reopenStatus, type Ticket } from "./ticket.ts"
import { prefetchTicket } from "./prefetch-ticket.ts"
import { ticketQuery } from "./ticket-queries.ts"
import { showsDetails, useDetailsPanel } from "./details/details-panel-state.ts"

interface Props {
  number: string
  place: InboxLocation
  neighbours: NeighbouringTickets
}

/** Drawn again when it has changed itself: the list beside it gets ten notices a second. */
export const TicketScreen = memo(function TicketScreen({ number, place, neighbours }: Props) {
  const { t } = useTexts()
  const client = useQueryClient()
  const query = useQuery(ticketQuery(number))
  useEffect(() => prefetchTicket(client, number, showsDetails()), [client, number])
  if (query.data) return <OpenTicket key={query.data.id} ticket={query.data} place={place} neighbours={neighbours} />
  if (!query.isError) return <WaitingTicket />
  const isMissing = query.error instanceof Problem && [400, 404].includes(query.error.status)
  return (
    <div className="h-full min-w-0 grow">
      {isMissing ? (
        <EmptyState
          title={number}
          text={t("ticket.missing")}
          action={<Button onClick={place.leaveTicket}>{t("ticket.toInbox")}</Button>}
        />
      ) : (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      )}
    </div>
  )
})

function OpenTicket({ ticket, place, neighbours }: Omit<Props, "number"> & { ticket: Ticket }) {
  const { t } = useTexts()
  const [mode, setMode] = useState<Mode>(hasNoContact(ticket) ? "note" : "reply")
  const details = useDetailsPanel(useAddAddressRequested(ticket.number))
  const splitting = useSplitSelection(ticket.number)
  const [quoting, setQuoting] = useState<Message>()
  const canQuote = useReplyWindow(ticket.number)?.mode === "text" && Boolean(ticketChannels[ticket.channel].canQuote)
  const quote = (message: Message) => {
    flushSync(() => {
      setMode("reply")
      setQuoting(message)
    })
    document.getElementById("composer")?.focus()
  }
  useReportViewing(ticket.id)
  useTicketKeys(ticket, (next) => {
    // At once, so that not a character typed after the key is lost.
    flushSync(() => setMode(next))
    document.getElementById("composer")?.focus()
  })
  useShortcuts({ "]": details.toggle })
  const screen = useRef<HTMLElement>(null)
  useFocusOnArrival(screen)
  const { retry, held, release } = useRetrySend(ticket)
  return (
    <>
      <section
        ref={screen}
        aria-label={t("ticket.number", { number: ticket.number })}
        className="flex h-full min-w-0 grow flex-col"
      >
        <TicketHeader ticket={ticket} place={place} neighbours={neighbours} details={details} />
        <TicketTimeline ticket={ticket} onRetry={retry} onQuote={canQuote ? quote : undefined} />
        <TypingLine ticketId={ticket.id} />
        {ticket.mergedInto ? (
          <MergedBanner ticket={ticket} />
        ) : splitting ? (
          <SplitBar ticket={ticket} ids={splitting} />
        ) : (
          <Composer {...{ ticket, mode, quoting }} onMode={setMode} onUnquote={() => setQuoting(undefined)} />
        )}
      </section>
      {held && <NewerReplyDialog overtaking={held} onSend={held.send} onClose={release} />}
      <MacroDialogOpener ticket={ticket} mode={mode} onMode={setMode} />
      {details.isWide && details.isShown && (
        <aside aria-label={t("details.label")} className="w-[320px] shrink-0 border-l border-line">
          <TicketDetails ticket={ticket} place={place} />
        </aside>
      )}
      {!details.isWide && (
        <Dialog open={details.isDrawn} onClose={details.close} title={t("details.label")} place="side">
          <TicketDetails ticket={ticket} place={place} />
        </Dialog>
      )}
    </>
  )
}

function useTicketKeys(ticket: Ticket, compose: (mode: Mode) => void) {
  const me = useMe()
  const status = useChangeStatus(ticket.number)
  const assign = useAssign(ticket.number)
  const end = endStatus(ticket)
  const back = reopenStatus(ticket)
  const next = end ?? back
  const copy = useCopyToClipboard()
  useShortcuts({
    KeyR: hasNoContact(ticket) ? undefined : () => compose("reply"),
    KeyN: () => compose("note"),
    KeyE: next ? () => status.mutate({ status: next, from: ticket.status, seen: ticket }) : undefined,
    KeyI:
      ticket.can.includes("assign") && ticket.assignee?.id !== me.id
        ? () => assign.mutate({ agent: me, seen: ticket })
        : undefined,
    "Ctrl+Period": () => copy(ticket.number),
    "Ctrl+Shift+Period": () => copy(ticketUrl(ticket.number)),
  })
}

function WaitingTicket() {
  return (
    <div className="h-full min-w-0 grow">
      <LoadingState>
        <div className="flex h-12 items-center gap-3 border-b border-line px-4">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-48" />
        </div>
      </LoadingState>
    </div>
  )
}
