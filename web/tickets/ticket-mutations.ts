// What a person does to a ticket. Shown at once, taken back with a word when the server refuses.
import { useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query"
import { patch, post, put, remove, type Page } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct, type Act, type InForm } from "../lib/use-act-on-server.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { confirmUndelivered } from "./lifecycle/confirm-ending-over-undelivered.tsx"
import { writeIfUnchanged, EditConflictError, type TicketField } from "./edit-conflict.ts"
import type { IdAndName, Phase, Status, Ticket } from "./ticket.ts"

const phaseAfter: Partial<Record<Status, Phase>> = {
  open: "active",
  pending: "waiting",
  in_progress: "active",
  resolved: "resolved",
  closed: "closed",
}

interface TicketAct<Input> extends Omit<Act<Input, Ticket>, "stale" | "guess"> {
  ref: string
  /** What the ticket will show, as far as that is known. */
  shows: (input: Input) => Partial<Ticket>
}

/** An act that the server answers with the ticket. What a colleague's change holds up is asked about by the banner. */
function useTicketAct<Input>({ ref, shows, done, refused, run }: TicketAct<Input>) {
  return useAct<Input, Ticket>({
    run,
    stale: [["tickets"], ["ticket", ref]],
    guess: (input, client) => guess(client, ref, shows(input)),
    done: (ticket, input, client) => {
      client.setQueryData(["ticket", ref], ticket)
      return done?.(ticket, input, client)
    },
    refused: (error, input) =>
      error instanceof EditConflictError || refused === "in the form" || refused?.(error, input) === true,
  })
}

/** What was overtaken has been read anew already. */
function guess(client: QueryClient, ref: string, change: Partial<Ticket>) {
  const before = client.getQueryData<Ticket>(["ticket", ref])
  if (before) client.setQueryData<Ticket>(["ticket", ref], { ...before, ...change })
  return (error: unknown) => {
    if (before && !(error instanceof EditConflictError)) client.setQueryData(["ticket", ref], before)
  }
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
  const change = useTicketAct<StatusChange>({
    ref,
    run: ({ status, resolution, seen, from }) => {
      const body = { status, ...(resolution && { resolution }) }
      const send = (match: Record<string, string> = {}) => put<Ticket>(`/tickets/${ref}/status`, body, match)
      const again = (now: Ticket) => change.mutate({ status, resolution, from, seen: now })
      return seen ? writeIfUnchanged(client, { ref, field: "status", seen, send, again }) : send()
    },
    shows: ({ status }) => ({ status, phase: phaseAfter[status] ?? "active", can: [] }),
    done: ({ number }, { status, from }) => {
      const action = { label: t("action.undo"), run: () => change.mutate({ status: from, from: status }) }
      if (status === "closed" || status === "resolved") return { text: t(`ticket.${status}`, { number }), action }
      return ["closed", "resolved"].includes(from) ? t("ticket.reopened", { number }) : undefined
    },
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
  const change = useTicketAct<Assignment>({
    ref,
    run: (wanted) => {
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
    shows: ({ agent, team }) => ({
      ...(agent !== undefined && { assignee: agent }),
      ...(team !== undefined && { team }),
    }),
    done: ({ number, assignee }, { agent }) => {
      if (agent === undefined) return undefined
      return assignee ? t("ticket.assigned", { number, name: assignee.name }) : t("ticket.unassigned", { number })
    },
    ...(onRefused && { refused: onRefused }),
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
export function useChangeField(ref: string, refused?: InForm) {
  const client = useQueryClient()
  const change = useTicketAct<FieldChange>({
    ref,
    run: (wanted) => {
      const send = (match: Record<string, string>) => patch<Ticket>(`/tickets/${ref}`, wanted.body, match)
      const again = (now: Ticket) => change.mutate({ ...wanted, seen: now })
      return writeIfUnchanged(client, { ref, field: wanted.field, seen: wanted.seen, send, again })
    },
    shows: ({ shown }) => shown,
    refused,
  })
  return change
}

interface Snoozing {
  until: string | null
  before: string | null
}

/** Puts the ticket off; null brings it back. */
export function useSnooze(ref: string) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const change = useTicketAct<Snoozing>({
    ref,
    run: ({ until }) =>
      until ? put<Ticket>(`/tickets/${ref}/snooze`, { until }) : remove<Ticket>(`/tickets/${ref}/snooze`),
    shows: ({ until }) => ({ snoozedUntil: until }),
    done: ({ number }, { until, before }) => ({
      text: until ? t("snooze.done", { number, when: when.full(until) }) : t("snooze.unsnoozed", { number }),
      action: { label: t("action.undo"), run: () => change.mutate({ until: before, before: until }) },
    }),
  })
  return change
}

/** Nothing up to this message is unread any more; a failure is harmless and the next reading repeats it. */
export const useMarkRead = () =>
  useAct({
    run: ({ ref, lastSeenMessageId }: { ref: string; lastSeenMessageId: string }) =>
      post<Ticket>(`/tickets/${ref}/read`, { lastSeenMessageId }),
    done: ({ unreadMessages }, { ref }, client) => {
      client.setQueryData<Ticket>(["ticket", ref], (ticket) => ticket && { ...ticket, unreadMessages })
      client.setQueriesData<InfiniteData<Page<Ticket>>>(
        { queryKey: ["tickets", "list"] },
        (list) => list && readIn(list, ref, unreadMessages),
      )
    },
    refused: () => true,
  })

function readIn(list: InfiniteData<Page<Ticket>>, ref: string, unreadMessages: number): InfiniteData<Page<Ticket>> {
  const read = (ticket: Ticket) => (ticket.number === ref ? { ...ticket, unreadMessages } : ticket)
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(read) })) }
}
