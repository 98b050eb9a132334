import type { Virtualizer } from "@tanstack/react-virtual"
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { type FocusedRow, rowAfterKey, tabStop } from "./roving-row.ts"

/** One row of the list is a stop of Tab; arrows, Home and End move the focus along the others. `open`: the ticket on the screen. */
export function useRovingFocus(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Virtualizer<HTMLDivElement, Element>,
  tickets: readonly ListedTicket[],
  open: string | undefined,
) {
  const [focused, setFocused] = useState<FocusedRow & { open: string | undefined }>()
  const wanted = useRef<string>(undefined)
  const indexOf = (number: string | undefined) => tickets.findIndex((ticket) => ticket.number === number)
  const sight = { first: virtual.range?.startIndex ?? 0, drawn: virtual.getVirtualItems().map(({ index }) => index) }
  const note = (at: number) => setFocused({ id: tickets[at]!.id, at, open })
  // A row that was far away is drawn only once the list has scrolled there.
  useEffect(() => {
    const element = wanted.current && scroller.current?.querySelector<HTMLElement>(wanted.current)
    if (!element) return
    wanted.current = undefined
    element.focus({ preventScroll: true })
  })
  return {
    /** Its index. */
    stop: tabStop(tickets, focused?.open === open ? focused : undefined, indexOf(open), sight),
    onFocus: ({ target }: FocusEvent) => {
      const at = indexOf(numberOf(target))
      if (at >= 0) note(at)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const { target, key, altKey, ctrlKey, metaKey } = event
      const to = altKey || ctrlKey || metaKey ? undefined : rowAfterKey(key, indexOf(numberOf(target)), tickets.length)
      if (to === undefined) return
      event.preventDefault()
      virtual.scrollToIndex(to, { align: "auto" })
      wanted.current = `[data-number="${tickets[to]!.number}"] ${target instanceof HTMLInputElement ? "input" : "a"}`
      note(to)
    },
  }
}

const numberOf = (target: EventTarget) =>
  (target as HTMLElement).closest<HTMLElement>("[data-number]")?.dataset["number"]
