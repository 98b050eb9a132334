// What joins tickets and parts them: merging and its undoing, splitting, linking.
import { postIdempotent, remove } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { allTickets as stale } from "../ticket-queries.ts"
import type { Ticket, TicketLink } from "../ticket.ts"

export function useUnmerge() {
  const { t } = useTexts()
  return useAct({
    run: (ref: string) => remove<Ticket>(`/tickets/${ref}/merge`),
    done: ({ number }) => t("merge.undone", { number }),
    stale,
  })
}

/** `onUndone` leads back to where one was. */
export function useMerge({ number }: Ticket, onUndone: () => void) {
  const { t } = useTexts()
  const undo = useUnmerge()
  return useAct({
    run: ({ into, override }: { into: string; override?: string }) =>
      postIdempotent<Ticket>(`/tickets/${number}/merge`, { into, ...(override && { override }) }),
    done: (target) => ({
      text: t("merge.done", { number, into: target.number }),
      action: { label: t("action.undo"), isUndo: true, run: () => undo.mutate(number, { onSuccess: onUndone }) },
    }),
    isUndoable: () => true,
    stale,
    refused: "in the form",
  })
}

export function useSplit(ref: string) {
  const { t } = useTexts()
  return useAct({
    run: (body: { messageIds: string[]; subject: string }) => postIdempotent<Ticket>(`/tickets/${ref}/split`, body),
    done: ({ number }) => t("split.done", { number }),
    stale,
  })
}

export function useLinks(ref: string) {
  return {
    add: useAct({
      run: (body: { type: TicketLink["type"]; ticket: string }) =>
        postIdempotent<Ticket>(`/tickets/${ref}/links`, body),
      stale,
    }),
    drop: useAct({ run: (other: string) => remove<Ticket>(`/tickets/${ref}/links/${other}`), stale }),
  }
}
