import type { BoardFilter } from "./incident-queries.ts"

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) || undefined : undefined

/** What the address says of the board; anything else in it is passed over. */
export function readBoardFilter(search: Record<string, unknown>): BoardFilter {
  const [trigger, carrier, city] = [text(search["trigger"]), text(search["carrier"]), text(search["city"])]
  const status = search["status"]
  return {
    ...((status === "resolved" || status === "closed") && { status }),
    ...(trigger && { trigger }),
    ...(carrier && { carrier }),
    ...(city && { city }),
  }
}

/** The filter with one value changed; the same value again takes it out. */
export function toggleFilter<K extends keyof BoardFilter>(
  filter: BoardFilter,
  key: K,
  value: BoardFilter[K],
): BoardFilter {
  const { [key]: was, ...others } = filter
  return was === value || value === undefined ? others : { ...others, [key]: value }
}
