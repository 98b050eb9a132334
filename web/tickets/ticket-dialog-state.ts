// Which of a ticket's dialogs is open: its menu opens one, and so does the palette.
import { createSharedState } from "../lib/shared-state.ts"

type Which = "merge" | "link" | "tags"
const shown = createSharedState<{ number: string; which: Which } | undefined>(undefined)

export const openTicketDialog = (number: string, which: Which) => shown.set({ number, which })
export const closeTicketDialog = () => shown.set(undefined)

export function useTicketDialog(number: string): Which | undefined {
  const now = shown.use()
  return now?.number === number ? now.which : undefined
}
