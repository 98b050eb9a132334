import { useEffect } from "react"
import { useShortcuts } from "../lib/shortcuts.ts"
import type { Mode } from "../tickets/drafts.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { closeMacros, dropInsertion, openMacros, putInto, useOpenedMacros } from "./desk.ts"
import { InsertMenu } from "./insert-menu.tsx"

interface Props {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
}

/** Where macros are chosen for the open ticket, by a key, by a stroke while writing or from the palette. */
export function MacroDesk({ ticket, mode, onMode }: Props) {
  const { number, can } = ticket
  const opened = useOpenedMacros(number)
  useShortcuts({ KeyM: can.includes("edit") && (() => openMacros({ number })) })
  useEffect(() => () => dropInsertion(number), [number])
  if (!opened) return null
  const close = () => {
    if (opened.isStroke) putInto({ number, mode, content: "/" })
    closeMacros()
  }
  return (
    <InsertMenu
      ticket={ticket}
      mode={mode}
      first={opened.macro && { type: "macro", item: opened.macro }}
      onInsert={(content, isInternal) => {
        const into = isInternal ? "note" : "reply"
        closeMacros()
        putInto({ number, mode: into, content })
        onMode(into)
      }}
      onDone={closeMacros}
      onClose={close}
    />
  )
}
