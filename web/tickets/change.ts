// What a person does to a ticket. Shown at once, taken back with a word when the server refuses.
import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query"
import { post, put, type Page } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { toast } from "../ui/toast.tsx"
import type { Named, Phase, Ticket } from "./ticket.ts"

const phaseAfter: Record<string, Phase> = {
  open: "active",
  pending: "waiting",
  in_progress: "active",
  resolved: "resolved",
  closed: "closed",
}

export function useChangeStatus(ref: string) {
  const client = useQueryClient()
  const { t } = useTexts()
  const fail = useFailure()
  const change = useMutation({
    mutationFn: ({ status }: { status: string; from: string }) => put<Ticket>(`/tickets/${ref}/status`, { status }),
    onMutate: ({ status }) => guess(client, ref, { status, phase: phaseAfter[status] ?? "active", can: [] }),
    onError: (error, _status, before) => {
      restore(client, ref, before)
      fail(error)
    },
    onSuccess: (ticket, { status, from }) => {
      client.setQueryData(["ticket", ref], ticket)
      const number = ticket.number
      const undo = { label: t("action.undo"), run: () => change.mutate({ status: from, from: status }) }
      if (status === "closed") toast(t("ticket.closed", { number }), undo)
      else if (status === "resolved") toast(t("ticket.resolved", { number }), undo)
      else if (["closed", "resolved"].includes(from)) toast(t("ticket.reopened", { number }))
    },
    onSettled: () => refresh(client, ref),
  })
  return change
}

interface Assignment {
  /** The version the person was looking at: who takes a ticket from a colleague must know that a colleague has it. */
  seen: number
  agent?: Named | null
  team?: Named | null
}

export function useAssign(ref: string) {
  const client = useQueryClient()
  const { t } = useTexts()
  const fail = useFailure()
  return useMutation({
    mutationFn: ({ agent, team, seen }: Assignment) => {
      const body = {
        ...(agent !== undefined && { agentId: agent?.id ?? null }),
        ...(team !== undefined && { teamId: team?.id ?? null }),
      }
      return put<Ticket>(`/tickets/${ref}/assignment`, body, { "if-match": `"${seen}"` })
    },
    onMutate: ({ agent, team }) =>
      guess(client, ref, { ...(agent !== undefined && { assignee: agent }), ...(team !== undefined && { team }) }),
    onError: (error, _assignment, before) => {
      restore(client, ref, before)
      fail(error)
    },
    onSuccess: (ticket, { agent }) => {
      client.setQueryData(["ticket", ref], ticket)
      if (agent === undefined) return
      const number = ticket.number
      toast(
        ticket.assignee
          ? t("ticket.assigned", { number, name: ticket.assignee.name })
          : t("ticket.unassigned", { number }),
      )
    },
    onSettled: () => refresh(client, ref),
  })
}

/** Reading sets unread to 0; a failure is harmless and the next reading repeats it. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ref: string) => post(`/tickets/${ref}/read`),
    onMutate: (ref) => {
      client.setQueryData<Ticket>(["ticket", ref], (ticket) => ticket && { ...ticket, unreadMessages: 0 })
      client.setQueriesData<InfiniteData<Page<Ticket>>>(
        { queryKey: ["tickets", "list"] },
        (list) => list && readIn(list, ref),
      )
    },
  })
}

function readIn(list: InfiniteData<Page<Ticket>>, ref: string): InfiniteData<Page<Ticket>> {
  const read = (ticket: Ticket) => (ticket.number === ref ? { ...ticket, unreadMessages: 0 } : ticket)
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(read) })) }
}

function useFailure() {
  const say = usePlainProblem()
  return (error: unknown) => toast(say(error))
}

function guess(client: QueryClient, ref: string, change: Partial<Ticket>): Ticket | undefined {
  const before = client.getQueryData<Ticket>(["ticket", ref])
  if (before) client.setQueryData<Ticket>(["ticket", ref], { ...before, ...change })
  return before
}

function restore(client: QueryClient, ref: string, before: Ticket | undefined) {
  if (before) client.setQueryData(["ticket", ref], before)
}

async function refresh(client: QueryClient, ref: string) {
  void client.invalidateQueries({ queryKey: ["tickets"] })
  await client.invalidateQueries({ queryKey: ["ticket", ref] })
}
