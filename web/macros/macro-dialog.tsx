// Saved replies and macros while one works on a ticket: find, look at what it would do, then put it in.
import { useRef, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { MacroSearch } from "./macro-search.tsx"
import { MacroPreview } from "./macro-preview.tsx"
import { type MacroChoice, useApplyMacro, useMacroPreview } from "./macro-queries.ts"

interface Props {
  ticket: Ticket
  mode: Mode
  first: MacroChoice | undefined
  /** What it says, and whether only colleagues may read it; a saved reply is for wherever one writes. */
  onInsert: (content: string, isInternal: boolean) => void
  /** Applied, with nothing to put in. */
  onDone: () => void
  onClose: () => void
}

export function MacroDialog({ ticket, mode, first, onInsert, onDone, onClose }: Props) {
  const { t } = useTexts()
  const [chosen, setChosen] = useState(first)
  const isPut = useRef(false)
  const use = useChosen(chosen, ticket, (preview) => {
    isPut.current = preview.reply !== null
    if (preview.reply)
      onInsert(preview.reply.content, chosen?.type === "macro" ? preview.reply.isInternal : mode === "note")
    else onDone()
  })
  // One goes on writing where the text came to.
  const onClosed = (event: Event) => {
    if (!isPut.current) return
    event.preventDefault()
    document.getElementById("composer")?.focus()
  }
  if (!chosen)
    return (
      <Dialog open onClose={onClose} onClosed={onClosed} title={t("macros.insert")}>
        <MacroSearch mode={mode} onChoose={setChosen} />
      </Dialog>
    )
  return (
    <Dialog
      open
      onClose={onClose}
      onClosed={onClosed}
      title={chosen.item.name}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" autoFocus aria-disabled={!use.isReady} onClick={use.go}>
            {t("macros.apply")}
          </Button>
        </>
      }
    >
      <Looked use={use} />
    </Dialog>
  )
}

function Looked({ use: { preview, error } }: { use: ReturnType<typeof useChosen> }) {
  return (
    <>
      {preview && <MacroPreview preview={preview} />}
      <ProblemLine error={error} />
    </>
  )
}

type Preview = NonNullable<ReturnType<typeof useMacroPreview>["data"]>

function useChosen(choice: MacroChoice | undefined, ticket: Ticket, onApplied: (preview: Preview) => void) {
  const { data: preview, error } = useMacroPreview(choice, ticket)
  const apply = useApplyMacro(ticket)
  const isRefused = preview?.actions.some(({ refused }) => refused !== null) ?? true
  const isReady = !isRefused && !apply.isPending
  const go = () => {
    if (!choice || !preview || !isReady) return
    if (preview.actions.length === 0) onApplied(preview)
    else
      apply.mutateAsync(choice.item).then(
        () => onApplied(preview),
        () => {},
      )
  }
  return { preview, error: error ?? apply.error, isReady, go }
}
