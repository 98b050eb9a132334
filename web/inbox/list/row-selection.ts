// Which rows are chosen for one act on all of them. It belongs to the list one looks at: another list, another choice.
import { useQueryClient } from "@tanstack/react-query"
import { useCallback, useState } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import type { InboxLocation } from "../inbox-location.ts"

interface Selection {
  list: string
  isOn: boolean
  numbers: ReadonlySet<string>
  /** Where a range begins. */
  from: string | undefined
}

const none = (list: string): Selection => ({ list, isOn: false, numbers: new Set(), from: undefined })

export function useSelection(tickets: ListedTicket[], place: InboxLocation) {
  const list = JSON.stringify(place.query)
  const client = useQueryClient()
  const [kept, choose] = useState(() => none(list))
  const chosen = kept.list === list ? kept : none(list)
  // What may be done with a ticket is its reader's own, and does not come with the rows that travel.
  const refetch = useCallback(() => void client.invalidateQueries({ queryKey: ["tickets", "list"] }), [client])
  const setChosen = (next: Selection) => {
    if (next.isOn && !chosen.isOn) refetch()
    choose(next)
  }
  const set = (numbers: Iterable<string>, from = chosen.from) => {
    const next = new Set(numbers)
    setChosen({ list, isOn: next.size > 0, numbers: next, from })
  }
  const toggle = (number: string) => {
    const next = new Set(chosen.numbers)
    if (!next.delete(number)) next.add(number)
    set(next, number)
  }
  const range = (number: string) => {
    set([...chosen.numbers, ...numbersBetween(tickets, chosen.from ?? number, number)], number)
  }
  const clear = () => setChosen(none(list))
  const here = () => focusedRow() ?? place.ref ?? tickets[0]?.number
  const at = (act: (number: string) => void) => () => {
    const number = here()
    if (number && tickets.some((one) => one.number === number)) act(number)
  }
  const start = useCallback(() => {
    refetch()
    choose({ ...none(list), isOn: true })
  }, [refetch, list])
  useShortcuts({ KeyX: at(toggle), "Shift+KeyX": at(range), Escape: chosen.isOn ? clear : undefined })
  const there = tickets.filter((one) => chosen.numbers.has(one.number))
  return {
    // Over when everything chosen has left the list.
    isOn: chosen.isOn && (chosen.numbers.size === 0 || there.length > 0),
    numbers: chosen.numbers,
    tickets: there,
    toggle,
    range,
    clear,
    /** When nothing is chosen. */
    start,
    all: () => set(tickets.map((one) => one.number)),
  }
}

export type TicketSelection = ReturnType<typeof useSelection>

const focusedRow = () => document.activeElement?.closest<HTMLElement>("[data-number]")?.dataset["number"]

/** Every number from one row to the other, whichever is higher. */
export function numbersBetween(tickets: { number: string }[], one: string, other: string): string[] {
  const [a, b] = [one, other].map((number) => tickets.findIndex((ticket) => ticket.number === number))
  if (a === undefined || b === undefined || a < 0 || b < 0) return [other]
  return tickets.slice(Math.min(a, b), Math.max(a, b) + 1).map((ticket) => ticket.number)
}
