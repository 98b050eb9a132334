// Goes on from a ticket that is done with, from wherever that was said: its header, a key, the palette, the composer.
import { useEffect } from "react"
import type { AfterClosing } from "#people/api-contract.ts"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { leaveField } from "../../lib/restore-focus.ts"
import { useMe } from "../../session/session-queries.ts"
import { destinationAfter, leadsBack, list, type Departure, type Destination } from "./where-to-go.ts"

interface Here extends Pick<InboxLocation, "openTicket" | "leaveTicket"> {
  number: string | undefined
  next: string | undefined
  afterClosing: AfterClosing
}

let here: Here | undefined
let last: Departure | undefined

/** Kept by the inbox: the open ticket, and the one below it in the list. */
export function useTicketToGoOnFrom(number: string | undefined, next: string | undefined, place: InboxLocation) {
  const { afterClosing } = useMe()
  useEffect(() => {
    here = { ...place, number, next, afterClosing }
    return () => void (here = undefined)
  })
}

/** Goes where this person wants to be after the ticket, or as `choice` says; nowhere if they are elsewhere already. */
export function goOnFrom(number: string, choice = here?.afterClosing) {
  if (!here || !choice || here.number !== number) return
  const to = destinationAfter(choice, here.next)
  if (to === undefined) return
  last = { from: number, to }
  waitOnTheScreen()
  go(here, to)
}

/** What had the focus on the ticket goes with it; a row of the list keeps it. */
function waitOnTheScreen() {
  const screen = document.querySelector<HTMLElement>("main")
  const focused = document.activeElement
  if (screen?.contains(focused) && !focused?.closest("[data-number]")) leaveField(screen)
}

/** What led away from the ticket has been undone. */
export function goBackTo(number: string) {
  if (here && leadsBack(last, number, here.number ?? list)) goAlong(here, number)
}

/** Opens the ticket above or below: what had the focus on this one goes with it. */
export function goAlong({ openTicket }: Pick<InboxLocation, "openTicket">, number: string) {
  waitOnTheScreen()
  openTicket(number)
}

/** The person is in the inbox and does not see this ticket: what becomes of it has to be said. */
export const isElsewhere = (number: string) => here !== undefined && here.number !== number

export const openInInbox = (number: string) => here?.openTicket(number)

const go = ({ openTicket, leaveTicket }: Here, to: Destination) => (to === list ? leaveTicket() : openTicket(to))

/** The keys are for the ticket that one was led to, and a screen reader says which it is. On a page just opened nobody was led. */
export function useFocusOnArrival(screen: { current: HTMLElement | null }) {
  useEffect(() => {
    const { activeElement, body } = document
    if (screen.current && activeElement !== body && activeElement?.contains(screen.current)) leaveField(screen.current)
  }, [screen])
}
