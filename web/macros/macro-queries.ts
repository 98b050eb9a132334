import { queryOptions, useQuery } from "@tanstack/react-query"
import type { FilledText, MacroPreview } from "#macros/api-contract.ts"
import { post, postIdempotent, remove } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { entitiesQuery } from "../settings/entity-queries.ts"
import { allTickets } from "../tickets/ticket-queries.ts"
import type { Ticket } from "../tickets/ticket.ts"
import type { Macro, MacroChoice, SavedReply } from "./macro-types-and-variables.ts"
import { matchChoices } from "./match-choices.ts"

export const macrosQuery = entitiesQuery<Macro>("macros")
export const savedRepliesQuery = entitiesQuery<SavedReply>("saved-replies")

/** What a choice puts into the box; a macro may have only actions. */
export const textOf = ({ type, item }: MacroChoice): string =>
  type === "macro" ? (item.reply?.content ?? "") : item.content

/** What fits the words typed, and where one is writing. */
export function useMacroChoices(typed: string, mode: "reply" | "note") {
  const replies = useQuery(savedRepliesQuery)
  const macros = useQuery(macrosQuery)
  const all: MacroChoice[] = [
    ...(replies.data?.items ?? []).map((item) => ({ type: "reply" as const, item })),
    ...(macros.data?.items ?? [])
      .filter(({ usableWhen }) => usableWhen.includes(mode))
      .map((item) => ({ type: "macro" as const, item })),
  ]
  return {
    choices: matchChoices(typed, all, (choice) => ({ name: choice.item.name, text: textOf(choice) })),
    isComing: replies.isPending || macros.isPending,
  }
}

const previewPath = ({ type, item }: MacroChoice) =>
  `/${type === "macro" ? "macros" : "saved-replies"}/${item.id}/preview`

/** The choice as it would be on this ticket. */
export const macroPreviewQuery = (choice: MacroChoice | undefined, { number, version }: Ticket) =>
  queryOptions({
    queryKey: ["macro-preview", choice?.item.id, number, version],
    enabled: choice !== undefined,
    queryFn: async (): Promise<MacroPreview> => {
      if (!choice) throw new Error("nothing is chosen")
      const body = { ticket: number }
      if (choice.type === "macro") return post<MacroPreview>(previewPath(choice), body)
      return { reply: { ...(await post<FilledText>(previewPath(choice), body)), isInternal: false }, actions: [] }
    },
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })

interface MacroResult {
  runId: string
  changes: unknown[]
}

/** Does the macro's actions; a word at the edge offers to take them back. */
export function useApplyMacro(ticket: Ticket) {
  const { t } = useTexts()
  const path = `/tickets/${ticket.number}/macro`
  const undo = useAct({
    run: (runId: string) => remove<{ kept: unknown[] }>(`${path}/${runId}`),
    done: ({ kept }) => t(kept.length > 0 ? "macros.kept" : "macros.undone"),
    stale: allTickets,
  })
  return useAct({
    run: ({ id }: { id: string; name: string }) => postIdempotent<MacroResult>(path, { macroId: id }),
    done: ({ runId, changes }, { name }) => ({
      text: t("macros.applied", { name }),
      action: changes.length > 0 ? { label: t("action.undo"), isUndo: true, run: () => undo.mutate(runId) } : undefined,
    }),
    isUndoable: () => true,
    stale: allTickets,
    refused: "in the form",
  })
}
