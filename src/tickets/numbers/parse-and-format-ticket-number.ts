/** What a person typed for a ticket: its id, or its number in any usual writing (`tkt-1`, `TKT 00001`, `1`). */
export function readRef(ref: string): { id: string } | { number: string } | null {
  if (/^tkt_[0-9a-z]{10,40}$/.test(ref)) return { id: ref }
  const digits = /^(?:tkt[\s_-]*)?(\d{1,15})$/i.exec(ref.trim())?.[1]
  const n = Number(digits ?? 0)
  return n > 0 ? { number: numberOf(n) } : null
}

/** `TKT-00042`; six digits after 99999. The database makes the same in `next_ticket_number()`. */
export function numberOf(n: number): string {
  return `TKT-${String(n).padStart(5, "0")}`
}
