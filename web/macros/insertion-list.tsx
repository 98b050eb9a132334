// Saved replies and macros at the caret, found by what is typed after a /. The box keeps the focus and hands on its keys.
import type { QueryClient } from "@tanstack/react-query"
import { useEffect, useState, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { choiceId, MacroChoiceList, stepAlong } from "./macro-choice-list.tsx"
import { openMacroDialog } from "./macro-dialog-and-insertion-state.ts"
import { macrosQuery, savedRepliesQuery, useMacroChoices } from "./macro-queries.ts"
import type { MacroChoice } from "./macro-types-and-variables.ts"
import { type Insert, useInsertChoice } from "./use-insert-choice.ts"

/** Whether the key was for the list. */
export type ListKeys = (event: KeyboardEvent) => boolean

interface Props {
  id: string
  ticket: Ticket
  mode: Mode
  typed: string
  onKeys: (keys: ListKeys | undefined) => void
  /** The id of the line that Enter takes. */
  onActive: (id: string | undefined) => void
  /** Takes what was typed out of the text. */
  onChosen: () => void
  onInsert: Insert
}

export function InsertionList({ id, ticket, mode, typed, onKeys, onActive, onChosen, onInsert }: Props) {
  const { t } = useTexts()
  const { choices, isComing } = useMacroChoices(typed, mode)
  const [moved, setMoved] = useState({ typed, to: 0 })
  const at = Math.min(moved.typed === typed ? moved.to : 0, choices.length - 1)
  const insert = useInsertChoice(ticket, mode, {
    onInsert,
    onPreview: (macro) => openMacroDialog({ number: ticket.number, macro }),
  })
  const choose = (choice: MacroChoice) => {
    onChosen()
    void insert(choice)
  }
  const onKey: ListKeys = ({ key }) => {
    const to = stepAlong(key, at, choices.length)
    const isTaken = key === "Enter" || key === "Tab"
    if (to !== undefined) setMoved({ typed, to })
    else if (isTaken && choices[at]) choose(choices[at])
    // Not yet known is not nothing: the Enter is still meant for the list.
    else return isTaken && isComing
    return true
  }
  useEffect(() => {
    onKeys(onKey)
    return () => onKeys(undefined)
  })
  const active = choices[at] && choiceId(id, at)
  useEffect(() => {
    onActive(active)
    return () => onActive(undefined)
  }, [active, onActive])
  if (choices.length === 0 && (isComing || /\s/.test(typed))) return null
  return (
    <div className="absolute bottom-full left-0 z-20 mb-1 w-[min(560px,100%)] rounded border border-line bg-raised p-1 shadow-float">
      <MacroChoiceList id={id} choices={choices} at={at} onChoose={choose} />
      <p role="status" className="px-2 text-muted">
        {choices.length === 0 && t("macros.nothing")}
      </p>
    </div>
  )
}

/** As soon as somebody writes: a / and Enter in one go find everything there. */
export function prefetchChoices(client: QueryClient) {
  void client.prefetchQuery(macrosQuery)
  void client.prefetchQuery(savedRepliesQuery)
}
