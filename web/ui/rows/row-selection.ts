// Which rows of a list are selected for one action on all of them. It belongs to the list one looks at: another list begins with none.
import { useCallback, useState } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"

interface Selection {
  list: string
  isOn: boolean
  numbers: ReadonlySet<string>
  /** Where a range begins. */
  from: string | undefined
}

const none = (list: string): Selection => ({ list, isOn: false, numbers: new Set(), from: undefined })

interface SelectableList<Row> {
  /** What tells it from other lists. */
  name: string
  rows: readonly Row[]
  /** Rows of the list that are not shown and may be selected as well. */
  notShown?: readonly Row[]
  /** The number of the row that the keys mean when none has the focus. */
  current: string | undefined
  /** The first row is about to be selected. */
  onStart?: () => void
}

/** X selects the row with the focus, Shift+X all from the last one to it, Escape none. */
export function useRowSelection<Row extends { number: string }>(of: SelectableList<Row>) {
  const { name: list, rows, notShown = [], current, onStart } = of
  const [kept, choose] = useState(() => none(list))
  const chosen = kept.list === list ? kept : none(list)
  const setChosen = (next: Selection) => {
    if (next.isOn && !chosen.isOn) onStart?.()
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
    set([...chosen.numbers, ...numbersBetween(rows, chosen.from ?? number, number)], number)
  }
  const clear = () => setChosen(none(list))
  const at = (act: (number: string) => void) => () => {
    const number = focusedRow() ?? current
    if (number && rows.some((row) => row.number === number)) act(number)
  }
  useShortcuts({ KeyX: at(toggle), "Shift+KeyX": at(range), Escape: chosen.isOn ? clear : undefined })
  const start = useCallback(() => {
    onStart?.()
    choose({ ...none(list), isOn: true })
  }, [onStart, list])
  const shown = new Set(rows.map(({ number }) => number))
  const all = [...rows, ...notShown.filter(({ number }) => !shown.has(number))]
  const selected = all.filter(({ number }) => chosen.numbers.has(number))
  return {
    // Over when everything chosen has left the list.
    isOn: chosen.isOn && (chosen.numbers.size === 0 || selected.length > 0),
    numbers: chosen.numbers,
    selected,
    set: (numbers: Iterable<string>) => set(numbers),
    toggle,
    range,
    clear,
    /** When nothing is chosen. */
    start,
  }
}

const focusedRow = () => document.activeElement?.closest<HTMLElement>("[data-number]")?.dataset["number"]

/** Every number from one row to the other, whichever is higher. */
export function numbersBetween(rows: readonly { number: string }[], one: string, other: string): string[] {
  const [a, b] = [one, other].map((number) => rows.findIndex((row) => row.number === number))
  if (a === undefined || b === undefined || a < 0 || b < 0) return [other]
  return rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.number)
}
