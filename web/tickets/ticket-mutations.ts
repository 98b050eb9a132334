// What a person does to a ticket. Shown at once, taken back with a word when the server refuses.
import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query"
import { patch, post, put, remove, type Page } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { toast } from "../ui/toast.tsx"
import { confirmUndelivered } from "./lifecycle/confirm-undelivered.tsx"
import { writeIfUnchanged, EditConflictError, type TicketField } from "./edit-conflict.ts"
import type { IdAndName, Phase, Status, Ticket } from "./ticket.ts"

const phaseAfter: Partial<Record<Status, Phase>> = {
  open: "active",
  pending: "waiting",
  in_progress: "active",
  resolved: "resolved",
  closed: "closed",
}

interface StatusChange {
  status: Status
  from: Status
  resolution?: string | undefined
  /** With it, a status that a colleague set meanwhile is not overwritten unasked. */
  seen?: Ticket | undefined
}

/** Asks first when the ticket would end over what did not arrive. */
export function useChangeStatus(ref: string) {
  const client = useQueryClient()
  const { t } = useTexts()
  const fail = useFailure()
  const change = useMutation({
    mutationFn: ({ status, resolution, seen, from }: StatusChange) => {
      const body = { status, ...(resolution && { resolution }) }
      const send = (match: Record<string, string> = {}) => put<Ticket>(`/tickets/${ref}/status`, body, match)
      const again = (now: Ticket) => change.mutate({ status, resolution, from, seen: now })
      return seen ? writeIfUnchanged(client, { ref, field: "status", seen, send, again }) : send()
    },
    onMutate: ({ status }) => guess(client, ref, { status, phase: phaseAfter[status] ?? "active", can: [] }),
    onError: (error, _status, before) => {
      restore(client, ref, before, error)
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
  const mutate = (wanted: StatusChange) => {
    const id = client.getQueryData<Ticket>(["ticket", ref])?.id ?? wanted.seen?.id
    confirmUndelivered({ id, number: ref, status: wanted.status }, () => change.mutate(wanted))
  }
  return { ...change, mutate }
}

export interface Assignment {
  /** What the person was looking at: who takes a ticket from a colleague must know that a colleague has it. */
  seen: Ticket
  agent?: IdAndName | null
  team?: IdAndName | null
  /** Why it goes to somebody who is full, or to another team. */
  override?: string
}

/** `onRefused` may ask for a reason; what it takes care of is not said again. */
export function useAssign(ref: string, onRefused?: (error: unknown, wanted: Assignment) => boolean) {
  const client = useQueryClient()
  const { t } = useTexts()
  const fail = useFailure()
  const change = useMutation({
    mutationFn: (wanted: Assignment) => {
      const { agent, team, override, seen } = wanted
      const body = {
        ...(agent !== undefined && { agentId: agent?.id ?? null }),
        ...(team !== undefined && { teamId: team?.id ?? null }),
        ...(override && { override }),
      }
      const send = (match: Record<string, string>) => put<Ticket>(`/tickets/${ref}/assignment`, body, match)
      const again = (now: Ticket) => change.mutate({ ...wanted, seen: now })
      return writeIfUnchanged(client, { ref, field: agent === undefined ? "team" : "assignee", seen, send, again })
    },
    onMutate: ({ agent, team }) =>
      guess(client, ref, { ...(agent !== undefined && { assignee: agent }), ...(team !== undefined && { team }) }),
    onError: (error, wanted, before) => {
      restore(client, ref, before, error)
      if (!onRefused?.(error, wanted)) fail(error)
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
  return change
}

interface FieldChange {
  field: Exclude<TicketField, "status" | "assignee" | "team">
  seen: Ticket
  /** As the API takes it. */
  body: Record<string, unknown>
  /** As the ticket will show it. */
  shown: Partial<Ticket>
}

/** One field of the ticket. */
export function useChangeField(ref: string) {
  const client = useQueryClient()
  const fail = useFailure()
  const change = useMutation({
    mutationFn: (wanted: FieldChange) => {
      const send = (match: Record<string, string>) => patch<Ticket>(`/tickets/${ref}`, wanted.body, match)
      const again = (now: Ticket) => change.mutate({ ...wanted, seen: now })
      return writeIfUnchanged(client, { ref, field: wanted.field, seen: wanted.seen, send, again })
    },
    onMutate: ({ shown }) => guess(client, ref, shown),
    onError: (error, _change, before) => {
      restore(client, ref, before, error)
      fail(error)
    },
    onSuccess: (ticket) => client.setQueryData(["ticket", ref], ticket),
    onSettled: () => refresh(client, ref),
  })
  return change
}

/** Puts the ticket off; null brings it back. */
export function useSnooze(ref: string) {
  const client = useQueryClient()
  const { t } = useTexts()
  const when = useTimeFormat()
  const fail = useFailure()
  const change = useMutation({
    mutationFn: ({ until }: { until: string | null; before: string | null }) =>
      until ? put<Ticket>(`/tickets/${ref}/snooze`, { until }) : remove<Ticket>(`/tickets/${ref}/snooze`),
    onMutate: ({ until }) => guess(client, ref, { snoozedUntil: until }),
    onError: (error, _until, before) => {
      restore(client, ref, before, error)
      fail(error)
    },
    onSuccess: (ticket, { until, before }) => {
      client.setQueryData(["ticket", ref], ticket)
      const { number } = ticket
      const undo = { label: t("action.undo"), run: () => change.mutate({ until: before, before: until }) }
      toast(until ? t("snooze.done", { number, when: when.full(until) }) : t("snooze.unsnoozed", { number }), undo)
    },
    onSettled: () => refresh(client, ref),
  })
  return change
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
  const say = useProblemText()
  return (error: unknown) => {
    if (!(error instanceof EditConflictError)) toast(say(error))
  }
}

function guess(client: QueryClient, ref: string, change: Partial<Ticket>): Ticket | undefined {
  const before = client.getQueryData<Ticket>(["ticket", ref])
  if (before) client.setQueryData<Ticket>(["ticket", ref], { ...before, ...change })
  return before
}

/** What was overtaken has been read anew already. */
function restore(client: QueryClient, ref: string, before: Ticket | undefined, error: unknown) {
  if (before && !(error instanceof EditConflictError)) client.setQueryData(["ticket", ref], before)
}

async function refresh(client: QueryClient, ref: string) {
  void client.invalidateQueries({ queryKey: ["tickets"] })
  await client.invalidateQueries({ queryKey: ["ticket", ref] })
}
