import { useEffect } from "react"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import { hasNoContact, type Ticket } from "../tickets/ticket.ts"
import { DialogLoadedLater } from "../ui/lazy-part.tsx"
import {
  closeMacroDialog,
  discardInsertion,
  openMacroDialog,
  queueInsertion,
  useOpenMacroDialog,
} from "./macro-dialog-and-insertion-state.ts"

const macroDialog = async () => (await import("./dialog-and-list-in-one-chunk.ts")).MacroDialog

interface Props {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
}

/** Where macros are chosen for the open ticket, by a key, a button or from the palette. */
export function MacroDialogOpener({ ticket, mode, onMode }: Props) {
  const { number, can } = ticket
  const opened = useOpenMacroDialog(number)
  useShortcuts({ KeyM: can.includes("edit") && (() => openMacroDialog({ number })) })
  useEffect(() => () => discardInsertion(number), [number])
  if (!opened) return null
  const insert = (content: string, isInternal: boolean) => {
    closeMacroDialog()
    onMode(queueInsertion(number, content, isInternal || hasNoContact(ticket)))
  }
  const props = {
    ticket,
    mode,
    first: opened.macro,
    onInsert: insert,
    onDone: closeMacroDialog,
    onClose: closeMacroDialog,
  }
  return <DialogLoadedLater load={macroDialog} props={props} />
}
