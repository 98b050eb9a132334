import { postIdempotent, put } from "../lib/api-client.ts"
import { useAct, type InForm } from "../lib/use-act-on-server.ts"
import type { Ticket } from "../tickets/ticket.ts"

/** What a person does to an incident. Nothing is shown before the server has agreed: it may refuse the words. `onNoted` is called once it has the note. */
export function useIncidentMutations(number: string, refused?: InForm, onNoted?: (content: string) => void) {
  const stale = [["tickets"], ["ticket", number]]
  return {
    step: useAct({
      run: ({ status, resolution }: { status: string; resolution?: string }) =>
        put<Ticket>(`/tickets/${number}/status`, { status, ...(resolution && { resolution }) }),
      stale,
      refused,
    }),
    take: useAct({
      run: (agentId: string) => put<Ticket>(`/tickets/${number}/assignment`, { agentId }),
      stale,
      refused,
    }),
    note: useAct({
      run: (content: string) =>
        postIdempotent(`/tickets/${number}/messages`, { content: content.trim(), isInternal: true }),
      done: (_note, content) => onNoted?.(content),
      stale,
      refused,
    }),
  }
}
