// Saved replies and macros while one works on a ticket: find, look at what it would do, then put it in.
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import type { MacroPreview as Preview } from "#macros/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { MacroSearch } from "./macro-search.tsx"
import { MacroPreview } from "./macro-preview.tsx"
import { macroPreviewQuery, useApplyMacro } from "./macro-queries.ts"
import type { Macro } from "./macro-types-and-variables.ts"
import { type Insert, useInsertChoice } from "./use-insert-choice.ts"

interface Props {
  ticket: Ticket
  mode: Mode
  /** Chosen elsewhere already. */
  first: Macro | undefined
  onInsert: Insert
  /** Applied, with nothing to put in. */
  onDone: () => void
  onClose: () => void
}

export function MacroDialog({ ticket, mode, first, onInsert, onDone, onClose }: Props) {
  const { t } = useTexts()
  const [chosen, setChosen] = useState(first)
  const isPut = useRef(false)
  const put: Insert = (content, isInternal) => {
    isPut.current = true
    onInsert(content, isInternal)
  }
  const insert = useInsertChoice(ticket, mode, { onInsert: put, onPreview: setChosen })
  const use = useChosen(chosen, ticket, ({ reply }) => (reply ? put(reply.content, reply.isInternal) : onDone()))
  // One goes on writing where the text came to.
  const onClosed = (event: Event) => {
    if (!isPut.current) return
    event.preventDefault()
    document.getElementById("composer")?.focus()
  }
  if (!chosen)
    return (
      <Dialog open onClose={onClose} onClosed={onClosed} title={t("macros.insert")}>
        <MacroSearch mode={mode} onChoose={(choice) => void insert(choice)} />
      </Dialog>
    )
  return (
    <Dialog
      open
      onClose={onClose}
      onClosed={onClosed}
      title={chosen.name}
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

function useChosen(macro: Macro | undefined, ticket: Ticket, onApplied: (preview: Preview) => void) {
  const { data: preview, error } = useQuery(macroPreviewQuery(macro && { type: "macro", item: macro }, ticket))
  const apply = useApplyMacro(ticket)
  const isRefused = preview?.actions.some(({ refused }) => refused !== null) ?? true
  const isReady = !isRefused && !apply.isPending
  const go = () => {
    if (!macro || !preview || !isReady) return
    if (preview.actions.length === 0) onApplied(preview)
    else
      apply.mutateAsync(macro).then(
        () => onApplied(preview),
        () => {},
      )
  }
  return { preview, error: error ?? apply.error, isReady, go }
}
