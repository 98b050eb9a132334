import { useQueryClient } from "@tanstack/react-query"
import { useProblemText } from "../lib/problem-text.ts"
import type { Mode } from "../tickets/messages/reply-or-note-mode.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { toast } from "../ui/toast.tsx"
import { expectInsertion } from "./macro-dialog-and-insertion-state.ts"
import { macroPreviewQuery } from "./macro-queries.ts"
import type { Macro, MacroChoice } from "./macro-types-and-variables.ts"

/** What it says, and whether only colleagues may read it. */
export type Insert = (content: string, isInternal: boolean) => void

interface Ways {
  onInsert: Insert
  /** What would change the ticket is looked at first. */
  onPreview: (macro: Macro) => void
}

/** A text goes in at once, filled in for the ticket; a saved reply wherever one writes, a macro's where it says. */
export function useInsertChoice(ticket: Ticket, mode: Mode, { onInsert, onPreview }: Ways) {
  const client = useQueryClient()
  const say = useProblemText()
  return async (choice: MacroChoice) => {
    if (choice.type === "macro" && choice.item.actions.length > 0) return onPreview(choice.item)
    const insertion = expectInsertion(ticket.number)
    try {
      const { reply } = await client.fetchQuery(macroPreviewQuery(choice, ticket))
      if (reply && insertion.isWanted())
        onInsert(reply.content, choice.type === "macro" ? reply.isInternal : mode === "note")
    } catch (error) {
      toast(say(error))
    } finally {
      insertion.end()
    }
  }
}
