// Which macro or saved reply is being chosen on which ticket, and what waits to be put into its composer.
import { createShared } from "../lib/shared.ts"
import type { Mode } from "../tickets/drafts.ts"
import type { Macro } from "./macro.ts"

interface Opened {
  number: string
  /** Typed while writing: whoever meant just the stroke closes the menu and has it. */
  isStroke?: boolean
  /** Chosen elsewhere already: only looked at and applied. */
  macro?: Macro
}

interface Insertion {
  number: string
  mode: Mode
  content: string
}

const opened = createShared<Opened | undefined>(undefined)
const waiting = createShared<Insertion | undefined>(undefined)

export const openMacros = (opening: Opened) => opened.set(opening)
export const closeMacros = () => opened.set(undefined)

export function useOpenedMacros(number: string): Opened | undefined {
  const now = opened.use()
  return now?.number === number ? now : undefined
}

/** Lands in the composer as soon as that ticket is written on in that mode. */
export const putInto = (insertion: Insertion) => waiting.set(insertion)
export const takeInsertion = () => waiting.set(undefined)

/** What found no place in a ticket must not turn up there later. */
export function dropInsertion(number: string) {
  if (waiting.get()?.number === number) waiting.set(undefined)
}

export function useWaitingInsertion(number: string, mode: Mode): Insertion | undefined {
  const now = waiting.use()
  return now?.number === number && now.mode === mode ? now : undefined
}
