import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useTexts } from "../lib/language.tsx"
import { mediumScreen, useMediaQuery } from "../lib/media-query.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useRefetchWhenDayTurns } from "../live-updates/refetch-when-day-turns.ts"
import { goAlong, useTicketToGoOnFrom } from "../tickets/after-closing/go-on.ts"
import { TicketScreen } from "../tickets/ticket-screen.tsx"
import { ticketQuery } from "../tickets/ticket-queries.ts"
import { NoTicketSelected } from "./first-steps.tsx"
import { useTicketList } from "./list/use-ticket-list.ts"
import { useInboxLocation } from "./inbox-location.ts"
import { useSelection } from "./list/row-selection.ts"
import { TicketList } from "./list/ticket-list.tsx"
import { ViewsColumn } from "./views/views-column.tsx"

/** Views, list, and the open ticket; on a narrow screen one of list and ticket at a time. */
export function InboxPage() {
  const { t } = useTexts()
  const place = useInboxLocation()
  const list = useTicketList(place)
  const hasRoom = useMediaQuery(mediumScreen)
  const { next, previous } = list
  const neighbours = useMemo(() => ({ next, previous }), [next, previous])
  const selection = useSelection(list.tickets, place)
  useTicketToGoOnFrom(list.tickets.find(({ id }) => id === place.ref)?.number ?? place.ref, next, place)
  useDocumentTitle(useOpenNumber(place.ref) ?? t("nav.inbox"))
  useRefetchWhenDayTurns()
  const down = next ? () => goAlong(place, next) : undefined
  const up = previous ? () => goAlong(place, previous) : undefined
  useShortcuts({
    KeyJ: down,
    KeyK: up,
    // While writing too: the draft is kept.
    "Alt+KeyJ": down,
    "Alt+KeyK": up,
    Escape: place.ref && !selection.isOn ? place.leaveTicket : undefined,
  })
  return (
    <div className="flex h-full min-w-0">
      <div className="hidden xl:flex">
        <ViewsColumn chosen={place.view} />
      </div>
      <main id="content" className="flex h-full min-w-0 grow">
        <h1 className="sr-only">{t("nav.inbox")}</h1>
        {(hasRoom || !place.ref) && (
          <div className="h-full border-r border-line max-md:w-full max-md:border-r-0 md:w-[320px] md:shrink-0 xl:w-[340px]">
            <TicketList place={place} list={list} selection={selection} />
          </div>
        )}
        {(hasRoom || place.ref) && (
          <div className="flex h-full min-w-0 grow bg-surface">
            {place.ref ? (
              <TicketScreen key={place.ref} number={place.ref} place={place} neighbours={neighbours} />
            ) : (
              <div className="min-w-0 grow">
                <NoTicketSelected />
              </div>
            )}
          </div>
        )}
      </main>
    </div>
  )
}

/** The number of the open ticket, also where the address has its id; undefined until it is known. */
function useOpenNumber(ref: string | undefined): string | undefined {
  const { data } = useQuery({ ...ticketQuery(ref ?? ""), enabled: false })
  return data?.number ?? (ref?.startsWith("tkt_") ? undefined : ref)
}
