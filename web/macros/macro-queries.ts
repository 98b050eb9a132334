import { useQuery } from "@tanstack/react-query"
import type { FilledText, MacroPreview } from "#macros/api-contract.ts"
import { post, postIdempotent, remove } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { entitiesQuery } from "../settings/entity-queries.ts"
import { allTickets } from "../tickets/ticket-queries.ts"
import type { Ticket } from "../tickets/ticket.ts"
import type { Macro, SavedReply } from "./macro-types-and-variables.ts"

export const macrosQuery = entitiesQuery<Macro>("macros")

export type MacroChoice = { type: "reply"; item: SavedReply } | { type: "macro"; item: Macro }

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()

/** What fits the words typed, and where one is writing. */
export function useMacroChoices(typed: string, mode: "reply" | "note"): MacroChoice[] {
  const replies = useQuery(entitiesQuery<SavedReply>("saved-replies")).data?.items ?? []
  const macros = useQuery(macrosQuery).data?.items ?? []
  const all: MacroChoice[] = [
    ...macros.filter(({ usableWhen }) => usableWhen.includes(mode)).map((item) => ({ type: "macro" as const, item })),
    ...replies.map((item) => ({ type: "reply" as const, item })),
  ]
  return all.filter(({ item }) => plain(item.name).includes(plain(typed)))
}

const previewPath = ({ type, item }: MacroChoice) =>
  `/${type === "macro" ? "macros" : "saved-replies"}/${item.id}/preview`

/** The choice as it would be on this ticket. */
export function useMacroPreview(choice: MacroChoice | undefined, ticket: Ticket) {
  return useQuery({
    queryKey: ["macro-preview", choice?.item.id, ticket.number, ticket.version],
    enabled: choice !== undefined,
    queryFn: async (): Promise<MacroPreview> => {
      if (!choice) throw new Error("nothing is chosen")
      const body = { ticket: ticket.number }
      if (choice.type === "macro") return post<MacroPreview>(previewPath(choice), body)
      return { reply: { ...(await post<FilledText>(previewPath(choice), body)), isInternal: false }, actions: [] }
    },
    gcTime: 0,
    retry: false,
  })
}

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
      action: changes.length > 0 ? { label: t("action.undo"), run: () => undo.mutate(runId) } : undefined,
    }),
    stale: allTickets,
    refused: "in the form",
  })
}
