import { useEffect } from "react"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import type { Mode } from "../tickets/messages/message-mode.ts"
import type { Ticket } from "../tickets/ticket.ts"
import {
  closeMacroMenu,
  discardInsertion,
  openMacroMenu,
  queueInsertion,
  useOpenMacroMenu,
} from "./macro-menu-state.ts"
import { InsertMenu } from "./insert-menu.tsx"

interface Props {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
}

/** Where macros are chosen for the open ticket, by a key, by a stroke while writing or from the palette. */
export function MacroMenu({ ticket, mode, onMode }: Props) {
  const { number, can } = ticket
  const opened = useOpenMacroMenu(number)
  useShortcuts({ KeyM: can.includes("edit") && (() => openMacroMenu({ number })) })
  useEffect(() => () => discardInsertion(number), [number])
  if (!opened) return null
  const close = () => {
    if (opened.isStroke) queueInsertion({ number, mode, content: "/" })
    closeMacroMenu()
  }
  return (
    <InsertMenu
      ticket={ticket}
      mode={mode}
      first={opened.macro && { type: "macro", item: opened.macro }}
      onInsert={(content, isInternal) => {
        const into = isInternal ? "note" : "reply"
        closeMacroMenu()
        queueInsertion({ number, mode: into, content })
        onMode(into)
      }}
      onDone={closeMacroMenu}
      onClose={close}
    />
  )
}
