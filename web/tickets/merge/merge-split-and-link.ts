// What joins tickets and parts them: merging and its undoing, splitting, linking.
import { useMutation } from "@tanstack/react-query"
import { postIdempotent, remove } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { toast } from "../../ui/toast.tsx"
import { useRefreshTickets } from "../refresh-tickets.ts"
import type { Ticket, TicketLink } from "../ticket.ts"

export function useUnmerge() {
  const { t } = useTexts()
  const say = useProblemText()
  return useMutation({
    mutationFn: (ref: string) => remove<Ticket>(`/tickets/${ref}/merge`),
    onSuccess: ({ number }) => toast(t("merge.undone", { number })),
    onError: (error) => toast(say(error)),
    onSettled: useRefreshTickets(),
  })
}

/** `onUndone` leads back to where one was. */
export function useMerge(ticket: Ticket, onUndone: () => void) {
  const { t } = useTexts()
  const undo = useUnmerge()
  return useMutation({
    mutationFn: ({ into, override }: { into: string; override?: string }) =>
      postIdempotent<Ticket>(`/tickets/${ticket.number}/merge`, { into, ...(override && { override }) }),
    onSuccess: (target) =>
      toast(t("merge.done", { number: ticket.number, into: target.number }), {
        label: t("action.undo"),
        run: () => undo.mutate(ticket.number, { onSuccess: onUndone }),
      }),
    onSettled: useRefreshTickets(),
  })
}

export function useSplit(ref: string) {
  const { t } = useTexts()
  const say = useProblemText()
  return useMutation({
    mutationFn: (body: { messageIds: string[]; subject: string }) =>
      postIdempotent<Ticket>(`/tickets/${ref}/split`, body),
    onSuccess: ({ number }) => toast(t("split.done", { number })),
    onError: (error) => toast(say(error)),
    onSettled: useRefreshTickets(),
  })
}

export function useLinks(ref: string) {
  const say = useProblemText()
  const settled = useRefreshTickets()
  const onError = (error: unknown) => toast(say(error))
  return {
    add: useMutation({
      mutationFn: (body: { type: TicketLink["type"]; ticket: string }) =>
        postIdempotent<Ticket>(`/tickets/${ref}/links`, body),
      onError,
      onSettled: settled,
    }),
    drop: useMutation({
      mutationFn: (other: string) => remove<Ticket>(`/tickets/${ref}/links/${other}`),
      onError,
      onSettled: settled,
    }),
  }
}
