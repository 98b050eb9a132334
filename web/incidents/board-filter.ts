/** `status`: none means the active ones, or all that a search finds. */
export interface BoardFilter {
  q?: string
  status?: "active" | "resolved" | "closed"
  assignedTo?: "me" | "unassigned"
  trigger?: string
  carrier?: string
  city?: string
  failureCode?: string
}

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) || undefined : undefined

/** What the address says of the board; anything else in it is passed over. */
export function readBoardFilter(search: Record<string, unknown>): BoardFilter {
  const [q, trigger, carrier, city] = ["q", "trigger", "carrier", "city"].map((name) => text(search[name]))
  const failureCode = /^\d{1,9}$/.exec(text(search["failureCode"]) ?? "")?.[0]
  const { status, assignedTo } = search
  return {
    ...(q && { q: q.slice(0, 100) }),
    ...((status === "active" || status === "resolved" || status === "closed") && { status }),
    ...((assignedTo === "me" || assignedTo === "unassigned") && { assignedTo }),
    ...(trigger && { trigger }),
    ...(carrier && { carrier }),
    ...(city && { city }),
    ...(failureCode && { failureCode }),
  }
}

/** The filter as the API takes it, which takes no status for the active ones unless something is looked for. */
export const boardQuery = ({ status, ...others }: BoardFilter) => ({
  ...others,
  ...(status && { status: status === "active" ? ["open", "in_progress"] : status }),
})

/** The same board without what narrows it, at the same status. */
export const widened = ({ status }: BoardFilter): BoardFilter =>
  status === "resolved" || status === "closed" ? { status } : {}

/** Whether the board shows less than all incidents of a status. */
export const isNarrowed = ({ status: _status, ...others }: BoardFilter) => Object.keys(others).length > 0

/** The filter with one value changed; the same value again takes it out. */
export function toggleFilter<K extends keyof BoardFilter>(
  filter: BoardFilter,
  key: K,
  value: BoardFilter[K],
): BoardFilter {
  const { [key]: was, ...others } = filter
  return was === value || value === undefined ? others : { ...others, [key]: value }
}
