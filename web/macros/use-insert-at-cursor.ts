import { useEffect, useRef, type RefObject } from "react"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { clearInsertion, noteWriting, useQueuedInsertion } from "./macro-dialog-and-insertion-state.ts"
import { firstVariable } from "./macro-types-and-variables.ts"

interface InsertionTarget {
  number: string
  mode: Mode
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
}

/** Puts what was chosen where the cursor is, and the cursor behind it, or upon the first variable that is to be filled in. */
export function useInsertion({ number, mode, area, text, write }: InsertionTarget) {
  const insertion = useQueuedInsertion(number, mode)
  useEffect(() => noteWriting(number, mode), [number, mode])
  const selection = useRef<[from: number, to: number]>(undefined)
  useEffect(() => {
    if (!insertion) return
    clearInsertion()
    const { selectionStart: from = text.length, selectionEnd: to = from } = area.current ?? {}
    const end = insertion.content.length
    const variable = firstVariable(insertion.content) ?? { from: end, to: end }
    selection.current = [from + variable.from, from + variable.to]
    write(text.slice(0, from) + insertion.content + text.slice(to))
  }, [insertion, area, text, write])
  // Only once the box holds the text: until then there is nothing to stand behind.
  useEffect(() => {
    if (selection.current === undefined) return
    area.current?.focus()
    area.current?.setSelectionRange(...selection.current)
    selection.current = undefined
  }, [area, text])
}
