// What somebody changes on a ticket is shown before the server has answered, and stays shown whatever is read meanwhile.
import type { QueryClient } from "@tanstack/react-query"
import type { Ticket } from "./ticket.ts"

interface Unconfirmed {
  ref: string
  /** Tells it from others of the ticket. */
  act: object
  change: Partial<Ticket>
}

// In the order in which they were made: of one field the newest is shown.
let unconfirmed: Unconfirmed[] = []

/** The ticket as it will be when the server has taken what is under way. */
export const withUnconfirmed = (ref: string, ticket: Ticket): Ticket =>
  unconfirmed.filter((one) => one.ref === ref).reduce((shown, { change }) => ({ ...shown, ...change }), ticket)

/** The server has answered: from now on what it says is shown. */
export function confirmChange(act: object) {
  unconfirmed = unconfirmed.filter((one) => one.act !== act)
}

/** Shows a change of a ticket that is loaded. Gives back what takes it away: its fields are then as `now` has them, else as before. */
export function showUnconfirmed(client: QueryClient, ref: string, act: object, change: Partial<Ticket>) {
  const queryKey = ["ticket", ref]
  const before = client.getQueryData<Ticket>(queryKey)
  if (!before) return () => undefined
  unconfirmed.push({ ref, act, change })
  client.setQueryData<Ticket>(queryKey, { ...before, ...change })
  return (now: Ticket = before) => {
    confirmChange(act)
    const fields = Object.keys(change) as (keyof Ticket)[]
    const old = Object.fromEntries(fields.map((field) => [field, now[field]]))
    client.setQueryData<Ticket>(queryKey, (shown) => shown && withUnconfirmed(ref, { ...shown, ...old }))
  }
}
