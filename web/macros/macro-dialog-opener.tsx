import { useEffect } from "react"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { hasNoContact, type Ticket } from "../tickets/ticket.ts"
import {
  closeMacroDialog,
  discardInsertion,
  openMacroDialog,
  queueInsertion,
  useOpenMacroDialog,
} from "./macro-dialog-and-insertion-state.ts"
import { MacroDialog } from "./macro-dialog.tsx"

interface Props {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
}

/** Where macros are chosen for the open ticket, by a key, by a stroke while writing or from the palette. */
export function MacroDialogOpener({ ticket, mode, onMode }: Props) {
  const { number, can } = ticket
  const opened = useOpenMacroDialog(number)
  useShortcuts({ KeyM: can.includes("edit") && (() => openMacroDialog({ number })) })
  useEffect(() => () => discardInsertion(number), [number])
  if (!opened) return null
  const close = () => {
    if (opened.isStroke) queueInsertion({ number, mode, content: "/" })
    closeMacroDialog()
  }
  return (
    <MacroDialog
      ticket={ticket}
      mode={mode}
      first={opened.macro && { type: "macro", item: opened.macro }}
      onInsert={(content, isInternal) => {
        const into = isInternal || hasNoContact(ticket) ? "note" : "reply"
        closeMacroDialog()
        queueInsertion({ number, mode: into, content })
        onMode(into)
      }}
      onDone={closeMacroDialog}
      onClose={close}
    />
  )
}
