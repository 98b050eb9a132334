import { useEffect, useRef, type RefObject } from "react"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { clearInsertion, useQueuedInsertion } from "./macro-dialog-and-insertion-state.ts"

interface InsertionTarget {
  number: string
  mode: Mode
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
}

/** Puts what was chosen where the cursor is, and the cursor behind it. */
export function useInsertion({ number, mode, area, text, write }: InsertionTarget) {
  const insertion = useQueuedInsertion(number, mode)
  const caret = useRef<number>(undefined)
  useEffect(() => {
    if (!insertion) return
    clearInsertion()
    const { selectionStart: from = text.length, selectionEnd: to = from } = area.current ?? {}
    caret.current = from + insertion.content.length
    write(text.slice(0, from) + insertion.content + text.slice(to))
  }, [insertion, area, text, write])
  // Only once the box holds the text: until then there is nothing to stand behind.
  useEffect(() => {
    if (caret.current === undefined) return
    area.current?.focus()
    area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = undefined
  }, [area, text])
}
