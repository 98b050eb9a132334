import { useQueryClient } from "@tanstack/react-query"
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from "react"
import { flushSync } from "react-dom"
import type { ListKeys } from "./insertion-list.tsx"
import { slashAt, withoutSlash, type SlashQuery } from "./slash-at-caret.ts"

const code = () => import("./dialog-and-list-in-one-chunk.ts")
export const insertionList = async () => (await code()).InsertionList

/** Follows what is typed after a / in the box; what it finds is drawn by `InsertionList`, whose code comes with the first focus. */
export function useSlashInsertion(box: RefObject<HTMLTextAreaElement | null>, write: (text: string) => void) {
  const id = useId()
  const client = useQueryClient()
  const [query, setQuery] = useState<SlashQuery>()
  const [active, setActive] = useState<string>()
  const dismissed = useRef<number>(undefined)
  const keys = useRef<ListKeys>(undefined)

  const look = () => {
    const area = box.current
    const found =
      area?.selectionStart === area?.selectionEnd && area ? slashAt(area.value, area.selectionStart) : undefined
    if (!found) dismissed.current = undefined
    setQuery(found && found.from !== dismissed.current ? found : undefined)
  }
  const close = () => {
    dismissed.current = query?.from
    setQuery(undefined)
  }
  const take = () => {
    const area = box.current
    if (!area || !query) return
    flushSync(() => {
      write(withoutSlash(area.value, query))
      setQuery(undefined)
    })
    area.setSelectionRange(query.from, query.from)
  }
  /** Whether the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (!query || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
    if (event.key !== "Escape") return keys.current?.(event) ?? false
    if (active !== undefined) close()
    return active !== undefined
  }
  const prepare = () =>
    void code().then(
      ({ prefetchChoices }) => prefetchChoices(client),
      () => undefined,
    )
  const onKeys = (next: ListKeys | undefined) => void (keys.current = next)
  const hide = () => setQuery(undefined)
  const list = query && { id, typed: query.text, onKeys, onActive: setActive, onChosen: take }
  return { look, hide, close, onKey, prepare, active, list }
}
