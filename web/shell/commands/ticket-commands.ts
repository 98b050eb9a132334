import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { openMacroDialog } from "../../macros/macro-dialog-and-insertion-state.ts"
import { macrosQuery } from "../../macros/macro-queries.ts"
import { useMe } from "../../session/session-queries.ts"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { useUnmerge } from "../../tickets/merge/merge-split-and-link-mutations.ts"
import { useAssign, useChangeField, useChangeStatus, useSnooze } from "../../tickets/ticket-mutations.ts"
import { openTicketDialog } from "../../tickets/ticket-dialog-state.ts"
import { ticketUrl, useCopyToClipboard } from "../../tickets/header/more-menu.tsx"
import { snoozeOptions, snoozeUntil } from "../../tickets/snooze/snooze-times.ts"
import { startSplit } from "../../tickets/merge/split-selection.ts"
import { endStatus, ticketRefOf, reopenStatus, type Status, type Ticket } from "../../tickets/ticket.ts"
import { ticketQuery } from "../../tickets/ticket-queries.ts"
import type { Command } from "./command-type.ts"

const priorities = ["urgent", "high", "medium", "low"] as const

/** What can be done with the open ticket, by what the server allows. */
export function useTicketCommands(): Command[] {
  const { t } = useTexts()
  const { ref } = useParams({ strict: false })
  const number = ref ? ticketRefOf(ref) : ""
  const client = useQueryClient()
  const { data } = useQuery({
    ...ticketQuery(number),
    enabled: false,
    initialData: () => client.getQueryData<Ticket>(["ticket", number]),
  })
  const steps = useSteps(number)
  const sorting = useSorting(number)
  const copy = useCopyToClipboard()
  const unmerge = useUnmerge()
  const macros = useQuery(macrosQuery).data?.items ?? []
  if (!number || !data) return []
  const may = (ability: string, name: string, run: () => void) => (data.can.includes(ability) ? [{ name, run }] : [])
  const acts = [
    ...steps(data),
    ...sorting(data),
    ...may("edit", t("details.editTags"), () => openTicketDialog(number, "tags")),
    ...may("merge", t("merge.menu"), () => openTicketDialog(number, "merge")),
    ...may("link", t("link.menu"), () => openTicketDialog(number, "link")),
    ...may("split", t("split.menu"), () => startSplit(number)),
    ...macros
      .filter(({ usableWhen }) => usableWhen.some((one) => one !== "new"))
      .flatMap((macro) =>
        may("edit", t("macros.inPalette", { name: macro.name }), () => openMacroDialog({ number, macro })),
      ),
    ...may("unmerge", t("merge.undo"), () => unmerge.mutate(number)),
    { name: t("ticket.copyNumber", { number }), run: () => copy(number) },
    { name: t("ticket.copyAddress"), run: () => copy(ticketUrl(number)) },
  ]
  return acts.map((act) => ({ group: t("palette.ticket"), ...act }))
}

type Act = Omit<Command, "group">

function useSteps(number: string): (ticket: Ticket) => Act[] {
  const { t } = useTexts()
  const { timezone } = useTimeFormat().place
  const status = useChangeStatus(number)
  const snooze = useSnooze(number)
  return (ticket) => {
    const step = (next: Status | undefined, name: string): Act[] =>
      next ? [{ name, run: () => status.mutate({ status: next, from: ticket.status, seen: ticket }) }] : []
    const end = endStatus(ticket)
    const until = (at: string | null) => snooze.mutate({ until: at, before: ticket.snoozedUntil })
    return [
      ...step(end, end === "closed" ? t("ticket.close") : t("ticket.resolve")),
      ...step(reopenStatus(ticket), t("ticket.reopen")),
      ...(ticket.can.includes("snooze") ? snoozeOptions : []).map((choice) => ({
        name: t("palette.snooze", { when: t(`snooze.${choice}`) }),
        run: () => until(snoozeUntil(choice, new Date(), timezone).toISOString()),
      })),
      ...(ticket.snoozedUntil ? [{ name: t("snooze.unsnooze"), run: () => until(null) }] : []),
    ]
  }
}

function useSorting(number: string): (ticket: Ticket) => Act[] {
  const { t } = useTexts()
  const me = useMe()
  const { users, teams } = useStaffAndTeams()
  const assign = useAssign(number)
  const field = useChangeField(number)
  const others = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  return (ticket) => {
    const { can, assignee, team, priority } = ticket
    const people = others.filter((user) => user.id !== assignee?.id)
    const give = [
      ...(assignee?.id === me.id
        ? []
        : [{ name: t("ticket.toMe"), run: () => assign.mutate({ agent: me, seen: ticket }) }]),
      ...people.map((agent) => ({
        name: t("palette.assignTo", { name: agent.name }),
        run: () => assign.mutate({ agent, seen: ticket }),
      })),
      ...teams
        .filter((one) => one.id !== team?.id)
        .map((one) => ({
          name: t("palette.teamTo", { name: one.name }),
          run: () => assign.mutate({ team: one, seen: ticket }),
        })),
    ]
    const rank = priorities
      .filter((one) => one !== priority)
      .map((one) => ({
        name: t("palette.priorityTo", { priority: t(`priority.${one}`) }),
        run: () => field.mutate({ field: "priority", seen: ticket, body: { priority: one }, shown: { priority: one } }),
      }))
    return [...(can.includes("assign") ? give : []), ...(can.includes("edit") ? rank : [])]
  }
}
