// What a person does to a ticket. Shown at once, taken back with a word when the server refuses.
import { useQueryClient, type QueryClient } from "@tanstack/react-query"
import type { AfterClosing } from "#people/api-contract.ts"
import { patch, put, remove } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useAct, type Act, type InForm } from "../lib/use-act-on-server.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { useMe } from "../session/session-queries.ts"
import { toast } from "../ui/toast.tsx"
import { goBackTo, goOnFrom, isElsewhere, openInInbox } from "./after-closing/go-on.ts"
import { isPassedOn } from "./after-closing/where-to-go.ts"
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
  const { t } = useTexts()
  const say = useProblemText()
  const sayOf = (text: string) =>
    toast(`${ref}: ${text}`, { label: t("notifications.open"), run: () => openInInbox(ref) })
  return useAct<Input, Ticket>({
    run,
    stale: [["tickets"], ["ticket", ref]],
    guess: (input, client) => guess(client, ref, shows(input)),
    done: (ticket, input, client) => {
      client.setQueryData(["ticket", ref], ticket)
      return done?.(ticket, input, client)
    },
    refused: (error, input) => {
      if (refused === "in the form" || refused?.(error, input) === true) return true
      const isHeldUp = error instanceof EditConflictError
      // Who has gone on learns that it was not done, and of which ticket.
      if (!isElsewhere(ref)) return isHeldUp
      sayOf(isHeldUp ? t("refusal.stale") : say(error))
      return true
    },
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

const isEnd = (status: Status) => status === "closed" || status === "resolved"

/** Asks first when the ticket would end over what did not arrive. Who ends it goes on where they want to be, or as `then` says. */
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
    done: (ticket, { status, from }) => {
      const { number } = ticket
      const undo = () => {
        change.mutate({ status: from, from: status, seen: ticket })
        goBackTo(number)
      }
      const action = { label: t("action.undo"), isUndo: true, run: undo }
      if (status === "closed" || status === "resolved") return { text: t(`ticket.${status}`, { number }), action }
      return isEnd(from) ? t("ticket.reopened", { number }) : undefined
    },
  })
  const mutate = (wanted: StatusChange, then?: AfterClosing) => {
    const id = client.getQueryData<Ticket>(["ticket", ref])?.id ?? wanted.seen?.id
    confirmUndelivered({ id, number: ref, status: wanted.status }, () => change.mutate(wanted))
    if (isEnd(wanted.status)) goOnFrom(ref, then)
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
  isUndo?: boolean
}

/** Who passes it on goes on. `onRefused` may ask for a reason; what it takes care of is not said again. */
export function useAssign(ref: string, onRefused?: (error: unknown, wanted: Assignment) => boolean) {
  const client = useQueryClient()
  const { t } = useTexts()
  const me = useMe()
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
    done: (ticket, { agent, seen, isUndo }) => {
      const { number, assignee, team } = ticket
      if (!isUndo && isPassedOn(ticket, me.id)) goOnFrom(ref)
      const before = {
        agent: seen.assignee as IdAndName | null,
        ...(team?.id !== seen.team?.id && { team: seen.team }),
      }
      const undo = () => {
        change.mutate({ ...before, seen: ticket, isUndo: true })
        goBackTo(number)
      }
      const action = { label: t("action.undo"), isUndo: true, run: undo }
      const says = () => {
        if (agent === undefined)
          return team ? t("ticket.movedToTeam", { number, name: team.name }) : t("ticket.inNoTeam", { number })
        return assignee ? t("ticket.assigned", { number, name: assignee.name }) : t("ticket.unassigned", { number })
      }
      return { text: says(), action }
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

/** Puts the ticket off, and its agent goes on; null brings it back. */
export function useSnooze(ref: string) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const change = useTicketAct<Snoozing>({
    ref,
    run: ({ until }) =>
      until ? put<Ticket>(`/tickets/${ref}/snooze`, { until }) : remove<Ticket>(`/tickets/${ref}/snooze`),
    shows: ({ until }) => ({ snoozedUntil: until }),
    done: ({ number }, { until, before }) => {
      const undo = () => {
        change.mutate({ until: before, before: until })
        goBackTo(number)
      }
      return {
        text: until ? t("snooze.done", { number, when: when.full(until) }) : t("snooze.unsnoozed", { number }),
        action: { label: t("action.undo"), isUndo: true, run: undo },
      }
    },
  })
  const mutate = (wanted: Snoozing) => {
    change.mutate(wanted)
    if (wanted.until) goOnFrom(ref)
  }
  return { ...change, mutate }
}
