// What joins tickets and parts them: merging and its undoing, splitting, linking.
import { useMutation } from "@tanstack/react-query"
import { postOnce, remove } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { toast } from "../ui/toast.tsx"
import { useSettled } from "./settled.ts"
import type { Ticket, TicketLink } from "./ticket.ts"

export function useUnmerge() {
  const { t } = useTexts()
  const say = usePlainProblem()
  return useMutation({
    mutationFn: (ref: string) => remove<Ticket>(`/tickets/${ref}/merge`),
    onSuccess: ({ number }) => toast(t("merge.undone", { number })),
    onError: (error) => toast(say(error)),
    onSettled: useSettled(),
  })
}

/** `onUndone` leads back to where one was. */
export function useMerge(ticket: Ticket, onUndone: () => void) {
  const { t } = useTexts()
  const undo = useUnmerge()
  return useMutation({
    mutationFn: ({ into, override }: { into: string; override?: string }) =>
      postOnce<Ticket>(`/tickets/${ticket.number}/merge`, { into, ...(override && { override }) }),
    onSuccess: (target) =>
      toast(t("merge.done", { number: ticket.number, into: target.number }), {
        label: t("action.undo"),
        run: () => undo.mutate(ticket.number, { onSuccess: onUndone }),
      }),
    onSettled: useSettled(),
  })
}

export function useSplit(ref: string) {
  const { t } = useTexts()
  const say = usePlainProblem()
  return useMutation({
    mutationFn: (body: { messageIds: string[]; subject: string }) => postOnce<Ticket>(`/tickets/${ref}/split`, body),
    onSuccess: ({ number }) => toast(t("split.done", { number })),
    onError: (error) => toast(say(error)),
    onSettled: useSettled(),
  })
}

export function useLinks(ref: string) {
  const say = usePlainProblem()
  const settled = useSettled()
  const onError = (error: unknown) => toast(say(error))
  return {
    add: useMutation({
      mutationFn: (body: { type: TicketLink["type"]; ticket: string }) =>
        postOnce<Ticket>(`/tickets/${ref}/links`, body),
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
