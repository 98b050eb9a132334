// A row put in its place among those that a list has loaded.
import type { InfiniteData } from "@tanstack/react-query"
import type { Page } from "../lib/api-client.ts"
import { deadlineOf } from "../tickets/sla/nearest-deadline.ts"
import type { ListedTicket } from "../tickets/ticket.ts"
import type { LiveRow } from "./ticket-notice-and-row.ts"

/** `edge`: the last row as the server answered it; what comes after it belongs to the next page. */
export type LoadedPage = Page<ListedTicket> & { edge?: ListedTicket | undefined }
export type LoadedList = InfiniteData<LoadedPage>

type SortValue = string | number
type Sortable = Pick<LiveRow, "id" | "createdAt" | "updatedAt" | "lastMessageAt" | "priority" | "number" | "status"> &
  Partial<Pick<LiveRow, "sla" | "waitingSince">>

const priorities = ["low", "medium", "high", "urgent"]
const sortValues: Record<string, (row: Sortable) => SortValue[]> = {
  createdAt: (row) => [row.createdAt],
  updatedAt: (row) => [row.updatedAt],
  lastMessageAt: (row) => [row.lastMessageAt ?? row.createdAt],
  priority: (row) => [priorities.indexOf(row.priority)],
  number: (row) => [row.number.length, row.number],
  status: (row) => [row.status],
  slaDueAt: (row) => [deadlineOf(row.sla)],
  // Behind every instant, as the server has it.
  waitingSince: (row) => [row.waitingSince ?? "infinity"],
}

/** The order of GET /tickets: `sort` as it takes it, and the id last. */
export function compareRows(sort = "-createdAt"): (one: Sortable, other: Sortable) => number {
  const keys = sort.split(",")
  const isDown = keys.at(-1)!.startsWith("-")
  return (one, other) => {
    for (const key of keys) {
      const values = sortValues[key.replace("-", "")]!
      const order = compareValues(values(one), values(other))
      if (order !== 0) return key.startsWith("-") ? -order : order
    }
    const order = compareValues([one.id], [other.id])
    return isDown ? -order : order
  }
}

function compareValues(one: SortValue[], other: SortValue[]): number {
  const at = one.findIndex((value, i) => value !== other[i])
  if (at < 0) return 0
  return one[at]! < other[at]! ? -1 : 1
}

export interface Place {
  /** Undefined: only the server knows; what is loaded is brought up to date where it stands. */
  isIn: boolean | undefined
  wasIn: boolean | undefined
  compare: ReturnType<typeof compareRows>
}

/** The list with the row where it belongs, or without it; the same list when nothing of it changes. */
export function placeRow(list: LoadedList, row: LiveRow, { isIn, wasIn, compare }: Place): LoadedList {
  const known = findRow(list, row.id)
  if (isIn === false) return removeRow(list, row.id, wasIn)
  const placed = { ...nothingKnown, ...known, ...row }
  if (known && (isIn === undefined || compare(known, placed) === 0)) return replaceRow(list, placed)
  if (isIn === undefined) return list
  const rest = mapPages(list, (items) => items.filter(({ id }) => id !== row.id))
  const pages = insertRow(rest.pages, placed, compare)
  const isNew = !known && (wasIn === false || list.pages.at(-1)?.nextCursor === null)
  return withTotal({ ...rest, pages }, isNew ? 1 : 0)
}

/** The list without a ticket that is not in it any more. */
export function removeRow(list: LoadedList, id: string, wasIn?: boolean): LoadedList {
  if (findRow(list, id))
    return withTotal(
      mapPages(list, (items) => items.filter((item) => item.id !== id)),
      -1,
    )
  return wasIn === true && list.pages.at(-1)?.nextCursor !== null ? withTotal(list, -1) : list
}

/** What a row says to its reader alone, when nothing of it is known. */
const nothingKnown = { can: [] as string[], links: [], customFields: {}, draft: false, draftText: null }

export const findRow = (list: LoadedList, id: string) =>
  list.pages.flatMap(({ items }) => items).find((item) => item.id === id)

const replaceRow = (list: LoadedList, row: ListedTicket) =>
  mapPages(list, (items) => items.map((item) => (item.id === row.id ? row : item)))

function mapPages(list: LoadedList, change: (items: ListedTicket[]) => ListedTicket[]): LoadedList {
  return { ...list, pages: list.pages.map((page) => ({ ...page, edge: edgeOf(page), items: change(page.items) })) }
}

const edgeOf = ({ edge, items }: LoadedPage) => edge ?? items.at(-1)

/** Before the first that comes after it; at the end when there is nothing more to load, or it comes before what is. */
function insertRow(pages: LoadedPage[], row: ListedTicket, compare: Place["compare"]): LoadedPage[] {
  const at = pages.findIndex((page, i) => {
    if (i === pages.length - 1) return page.nextCursor === null || compare(row, page.edge ?? row) <= 0
    return page.items.some((item) => compare(row, item) < 0)
  })
  if (at < 0) return pages
  const { items } = pages[at]!
  const before = items.findIndex((item) => compare(row, item) < 0)
  return pages.with(at, { ...pages[at]!, items: items.toSpliced(before < 0 ? items.length : before, 0, row) })
}

function withTotal(list: LoadedList, change: number): LoadedList {
  const [first, ...others] = list.pages
  if (change === 0 || !first) return list
  return { ...list, pages: [{ ...first, total: Math.max(0, first.total + change) }, ...others] }
}
