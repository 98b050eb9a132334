import { useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { flushSync } from "react-dom"
import type { List } from "../inbox/list.ts"
import type { Place } from "../inbox/place.ts"
import { Problem } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { useMedia, wide } from "../lib/media.ts"
import { useShortcuts } from "../lib/shortcuts.ts"
import { remember, remembered } from "../lib/storage.ts"
import { MacroDesk } from "../macros/macro-desk.tsx"
import { useMe } from "../session/session.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Broken, Empty, Skeleton, Waiting } from "../ui/state.tsx"
import { useAddressWanted } from "./address-opening.ts"
import { useAssign, useChangeStatus, useMarkRead } from "./change.ts"
import { useLooking } from "./company.ts"
import { WritersLine } from "./company-marks.tsx"
import { Composer } from "./composer.tsx"
import { Details } from "./details.tsx"
import type { Mode } from "./drafts.ts"
import type { Message } from "./messages.ts"
import { MergedBanner } from "./merged-banner.tsx"
import { addressOfTicket, useCopying } from "./more-menu.tsx"
import { OvertakenDialog } from "./overtaken-dialog.tsx"
import { useReplyWindow } from "./reply-window.ts"
import { useTryAgain } from "./send.ts"
import { SplitBar } from "./split-bar.tsx"
import { useSplitting } from "./splitting.ts"
import { Thread } from "./thread.tsx"
import { ThreadHeader } from "./thread-header.tsx"
import { ending, hasNobody, revival, type Ticket } from "./ticket.ts"
import { ticketQuery } from "./tickets.ts"

interface Props {
  number: string
  place: Place
  list: List
}

export function TicketScreen({ number, place, list }: Props) {
  const { t } = useTexts()
  const query = useQuery(ticketQuery(number))
  if (query.data) return <OpenTicket key={query.data.id} ticket={query.data} place={place} list={list} />
  if (!query.isError) return <WaitingTicket />
  const isMissing = query.error instanceof Problem && [400, 404].includes(query.error.status)
  return (
    <div className="h-full min-w-0 grow">
      {isMissing ? (
        <Empty
          title={number}
          text={t("ticket.missing")}
          action={<Button onClick={place.leaveTicket}>{t("ticket.toInbox")}</Button>}
        />
      ) : (
        <Broken error={query.error} retry={() => void query.refetch()} />
      )}
    </div>
  )
}

function OpenTicket({ ticket, place, list }: { ticket: Ticket; place: Place; list: List }) {
  const { t } = useTexts()
  const [mode, setMode] = useState<Mode>(hasNobody(ticket) ? "note" : "reply")
  const details = useDetailsPanel(useAddressWanted(ticket.number))
  const splitting = useSplitting(ticket.number)
  const [quoting, setQuoting] = useState<Message>()
  const canQuote = useReplyWindow(ticket.number)?.mode === "text" && ticket.channel === "whatsapp"
  const quote = (message: Message) => {
    flushSync(() => {
      setMode("reply")
      setQuoting(message)
    })
    document.getElementById("composer")?.focus()
  }
  useReading(ticket)
  useLooking(ticket.id)
  useTicketKeys(ticket, (next) => {
    // At once, so that not a letter typed after the key is lost.
    flushSync(() => setMode(next))
    document.getElementById("composer")?.focus()
  })
  useShortcuts({ BracketRight: details.toggle })
  const { retry, held, release } = useTryAgain(ticket)
  return (
    <>
      <section aria-label={t("ticket.number", { number: ticket.number })} className="flex h-full min-w-0 grow flex-col">
        <ThreadHeader ticket={ticket} place={place} list={list} details={details} />
        <Thread ticket={ticket} onRetry={retry} onQuote={canQuote ? quote : undefined} />
        <WritersLine ticketId={ticket.id} />
        {ticket.mergedInto ? (
          <MergedBanner ticket={ticket} />
        ) : splitting ? (
          <SplitBar ticket={ticket} ids={splitting} />
        ) : (
          <Composer {...{ ticket, mode, quoting }} onMode={setMode} onUnquote={() => setQuoting(undefined)} />
        )}
      </section>
      {held && <OvertakenDialog overtaking={held} onSend={held.send} onClose={release} />}
      <MacroDesk ticket={ticket} mode={mode} onMode={setMode} />
      {details.isWide && details.isShown && (
        <aside aria-label={t("details.label")} className="w-[320px] shrink-0 border-l border-line">
          <Details ticket={ticket} place={place} />
        </aside>
      )}
      {!details.isWide && (
        <Dialog open={details.isDrawn} onClose={details.close} title={t("details.label")} place="side">
          <Details ticket={ticket} place={place} />
        </Dialog>
      )}
    </>
  )
}

/** The details stand beside the thread where there is room, and come as a drawer where there is none. */
function useDetailsPanel(isWanted: boolean) {
  const isWide = useMedia(wide)
  const [isShown, setShown] = useState(remembered("details") !== "hidden")
  const [isDrawn, setDrawn] = useState(false)
  if (isWanted && isWide && !isShown) setShown(true)
  if (isWanted && !isWide && !isDrawn) setDrawn(true)
  const toggle = () => {
    if (!isWide) return setDrawn(!isDrawn)
    remember("details", isShown ? "hidden" : null)
    setShown(!isShown)
  }
  return { isWide, isShown, isDrawn, toggle, close: () => setDrawn(false) }
}

export type DetailsPanel = ReturnType<typeof useDetailsPanel>

/** Reading happens when the ticket lies open before someone's eyes, not in a hidden tab. */
function useReading(ticket: Ticket) {
  const { mutate } = useMarkRead()
  const { number, unreadMessages } = ticket
  useEffect(() => {
    if (unreadMessages === 0) return
    const read = () => document.visibilityState === "visible" && mutate(number)
    read()
    document.addEventListener("visibilitychange", read)
    return () => document.removeEventListener("visibilitychange", read)
  }, [number, unreadMessages, mutate])
}

function useTicketKeys(ticket: Ticket, compose: (mode: Mode) => void) {
  const me = useMe()
  const status = useChangeStatus(ticket.number)
  const assign = useAssign(ticket.number)
  const end = ending(ticket)
  const back = revival(ticket)
  const next = end ?? back
  const copy = useCopying()
  useShortcuts({
    KeyR: hasNobody(ticket) ? undefined : () => compose("reply"),
    KeyN: () => compose("note"),
    KeyE: next ? () => status.mutate({ status: next, from: ticket.status, seen: ticket }) : undefined,
    KeyI:
      ticket.can.includes("assign") && ticket.assignee?.id !== me.id
        ? () => assign.mutate({ agent: me, seen: ticket })
        : undefined,
    "Ctrl+Period": () => copy(ticket.number),
    "Ctrl+Shift+Period": () => copy(addressOfTicket(ticket.number)),
  })
}

function WaitingTicket() {
  return (
    <div className="h-full min-w-0 grow">
      <Waiting>
        <div className="flex h-12 items-center gap-3 border-b border-line px-4">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-48" />
        </div>
      </Waiting>
    </div>
  )
}
