// Which macro or saved reply is being chosen on which ticket, and what waits to be put into its composer.
import { createSharedState } from "../lib/shared-state.ts"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import type { Macro } from "./macro-types-and-variables.ts"

interface OpenedMenu {
  number: string
  /** Chosen elsewhere already: only looked at and applied. */
  macro?: Macro
}

interface Insertion {
  number: string
  mode: Mode
  content: string
}

const opened = createSharedState<OpenedMenu | undefined>(undefined)
const waiting = createSharedState<Insertion | undefined>(undefined)

export const openMacroDialog = (opening: OpenedMenu) => opened.set(opening)
export const closeMacroDialog = () => opened.set(undefined)

export function useOpenMacroDialog(number: string): OpenedMenu | undefined {
  const now = opened.use()
  return now?.number === number ? now : undefined
}

/** Lands in the composer as soon as that ticket is written on in the mode that is returned. */
export function queueInsertion(number: string, content: string, isInternal: boolean): Mode {
  const mode = isInternal ? "note" : "reply"
  waiting.set({ number, mode, content })
  return mode
}
export const clearInsertion = () => waiting.set(undefined)

/** What found no place in a ticket must not turn up there later. */
export function discardInsertion(number: string) {
  if (waiting.get()?.number === number) waiting.set(undefined)
}

export function useQueuedInsertion(number: string, mode: Mode): Insertion | undefined {
  const now = waiting.use()
  return now?.number === number && now.mode === mode ? now : undefined
}
