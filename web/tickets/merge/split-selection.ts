// Which messages of which ticket are being chosen to become another one.
import { createSharedState } from "../../lib/shared-state.ts"

interface SplitSelection {
  number: string
  ids: ReadonlySet<string>
}

const shared = createSharedState<SplitSelection | undefined>(undefined)

export const startSplit = (number: string) => shared.set({ number, ids: new Set() })
export const stopSplit = () => shared.set(undefined)

export function toggleSplitMessage(id: string) {
  const splitting = shared.get()
  if (!splitting) return
  const ids = new Set(splitting.ids)
  if (!ids.delete(id)) ids.add(id)
  shared.set({ ...splitting, ids })
}

/** The chosen messages of this ticket; nothing while none are being chosen. */
export function useSplitSelection(number: string): ReadonlySet<string> | undefined {
  const now = shared.use()
  return now?.number === number ? now.ids : undefined
}
