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
/** Chosen, while their texts are fetched. */
const coming = createSharedState<readonly { number: string }[]>([])

export const openMacroDialog = (opening: OpenedMenu) => opened.set(opening)
export const closeMacroDialog = () => opened.set(undefined)

export function useOpenMacroDialog(number: string): OpenedMenu | undefined {
  const now = opened.use()
  return now?.number === number ? now : undefined
}

/** What is written on the ticket does not leave without the text. `isWanted`: nobody has left the ticket meanwhile. */
export function expectInsertion(number: string) {
  const insertion = { number }
  coming.set([...coming.get(), insertion])
  return {
    isWanted: () => coming.get().includes(insertion),
    end: () => coming.set(coming.get().filter((one) => one !== insertion)),
  }
}

export const useIsInsertionComing = (number: string) => coming.use().some((one) => one.number === number)

/** Lands in the composer as soon as that ticket is written on in the mode that is returned. */
export function queueInsertion(number: string, content: string, isInternal: boolean): Mode {
  const mode = isInternal ? "note" : "reply"
  waiting.set({ number, mode, content })
  return mode
}
export const clearInsertion = () => waiting.set(undefined)

const writing = new Set<{ number: string; mode: Mode }>()

/** A ticket is written on in a mode until the returned function is called: what is queued for it lands at once. */
export function noteWriting(number: string, mode: Mode) {
  const place = { number, mode }
  writing.add(place)
  return () => void writing.delete(place)
}

export const isWrittenOn = (number: string, mode: Mode) =>
  [...writing].some((place) => place.number === number && place.mode === mode)

/** What found no place in a ticket must not turn up there later. */
export function discardInsertion(number: string) {
  if (waiting.get()?.number === number) waiting.set(undefined)
  coming.set(coming.get().filter((one) => one.number !== number))
}

export function useQueuedInsertion(number: string, mode: Mode): Insertion | undefined {
  const now = waiting.use()
  return now?.number === number && now.mode === mode ? now : undefined
}
