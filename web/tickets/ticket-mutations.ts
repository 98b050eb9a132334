// What a person does to a ticket. Shown at once, taken back with a word when the server refuses.
import { useQueryClient } from "@tanstack/react-query"
import type { AfterClosing } from "#people/api-contract.ts"
import { patch, put, remove } from "../lib/api-client.ts"
import { isWriting } from "../lib/keyboard-shortcuts.ts"
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
import { expectedSteps, type IdAndName, type Phase, type Status, type Ticket } from "./ticket.ts"
import { confirmChange, showUnconfirmed, withUnconfirmed } from "./unconfirmed-changes.ts"

const phaseAfter: Partial<Record<Status, Phase>> = {
  open: "active",
  pending: "waiting",
  in_progress: "active",
  resolved: "resolved",
  closed: "closed",
}

interface Undoable {
  /** What takes an act back is not offered to be taken back itself: the key is for the act before. */
  isUndo?: boolean
}

interface TicketAct<Input> extends Omit<Act<Input, Ticket>, "stale" | "guess" | "done"> {
  ref: string
  /** What the ticket will show, as far as that is known. */
  shows: (input: Input) => Partial<Ticket>
  done?: (ticket: Ticket, input: Input) => string | undefined
  /** What takes back an act that is undoable. */
  back?: (ticket: Ticket, input: Input) => Input
}

/** An act that the server answers with the ticket. What a colleague's change holds up is asked about by the banner. */
function useTicketAct<Input extends Undoable>({
  ref,
  shows,
  done,
  back,
  refused,
  run,
  queue,
  ...rest
}: TicketAct<Input>) {
  const { t } = useTexts()
  const say = useProblemText()
  const sayOf = (text: string) =>
    toast(`${ref}: ${text}`, { label: t("notifications.open"), run: () => openInInbox(ref) })
  const isUndoable = (input: Input) => !input.isUndo && (rest.isUndoable?.(input) ?? back !== undefined)
  const act = useAct<Input, Ticket>({
    run,
    ...(queue !== undefined && { queue }),
    isUndoable,
    stale: [["tickets"], ["ticket", ref]],
    guess: (input, client) => {
      const takeBack = showUnconfirmed(client, ref, input, shows(input))
      return (error) => takeBack(error instanceof EditConflictError ? error.now : undefined)
    },
    done: (ticket, input, client) => {
      confirmChange(input)
      client.setQueryData(["ticket", ref], withUnconfirmed(ref, ticket))
      const text = done?.(ticket, input)
      if (!text || !back || !isUndoable(input)) return text
      const undo = () => {
        act.mutate({ ...back(ticket, input), isUndo: true })
        goBackTo(ticket.number)
      }
      return { text, action: { label: t("action.undo"), isUndo: true, run: undo } }
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
  return act
}

interface StatusChange extends Undoable {
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
    run: (wanted) => {
      const { status, resolution, seen } = wanted
      const body = { status, ...(resolution && { resolution }) }
      const send = (match: Record<string, string> = {}) => put<Ticket>(`/tickets/${ref}/status`, body, match)
      const again = (now: Ticket) => change.mutate({ ...wanted, seen: now })
      const isDone = (now: Ticket) => now.status === status && !resolution
      return seen ? writeIfUnchanged(client, { ref, field: "status", seen, send, again, isDone }) : send()
    },
    // Who takes back at once what they have just done waits for no answer: it follows in its order.
    queue: `status of ${ref}`,
    shows: ({ status, seen }) => ({
      status,
      phase: phaseAfter[status] ?? "active",
      can: seen ? expectedSteps(seen.kind, status) : [],
    }),
    done: ({ number }, { status, from }) => {
      if (status === "closed" || status === "resolved") return t(`ticket.${status}`, { number })
      return isEnd(from) ? t("ticket.reopened", { number }) : undefined
    },
    isUndoable: ({ status }) => isEnd(status),
    back: (ticket, { status, from }) => ({ status: from, from: status, seen: ticket }),
  })
  const mutate = (wanted: StatusChange, then?: AfterClosing) => {
    const id = client.getQueryData<Ticket>(["ticket", ref])?.id ?? wanted.seen?.id
    confirmUndelivered({ id, number: ref, status: wanted.status }, () => change.mutate(wanted))
    if (isEnd(wanted.status)) goOnFrom(ref, then)
  }
  return { ...change, mutate }
}

export interface Assignment extends Undoable {
  /** What the person was looking at: who takes a ticket from a colleague must know that a colleague has it. */
  seen: Ticket
  agent?: IdAndName | null
  team?: IdAndName | null
  /** Why it goes to somebody who is full, or to another team. */
  override?: string
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
    done: (ticket, { agent, isUndo }) => {
      const { number, assignee, team } = ticket
      // Who has begun to write meanwhile is not led away from their words.
      if (!isUndo && isPassedOn(ticket, me.id) && !isWriting(document.activeElement)) goOnFrom(ref)
      if (agent === undefined)
        return team ? t("ticket.movedToTeam", { number, name: team.name }) : t("ticket.inNoTeam", { number })
      return assignee ? t("ticket.assigned", { number, name: assignee.name }) : t("ticket.unassigned", { number })
    },
    back: (ticket, { seen }) => ({
      agent: seen.assignee as IdAndName | null,
      ...(ticket.team?.id !== seen.team?.id && { team: seen.team }),
      seen: ticket,
    }),
    ...(onRefused && { refused: onRefused }),
  })
  return change
}

interface FieldChange extends Undoable {
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

interface Snoozing extends Undoable {
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
    done: ({ number }, { until }) =>
      until ? t("snooze.done", { number, when: when.full(until) }) : t("snooze.unsnoozed", { number }),
    back: (_, { until, before }) => ({ until: before, before: until }),
  })
  const mutate = (wanted: Snoozing) => {
    change.mutate(wanted)
    if (wanted.until) goOnFrom(ref)
  }
  return { ...change, mutate }
}
