// For which of the selected tickets an action is meant: those with which its reader may do it. Pure.
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import type { BulkChange } from "./bulk-undo-jobs.ts"

type Changeable = Pick<ListedTicket, "can" | "status" | "snoozedUntil">

/** Whether a ticket may be changed so. What is awake needs no waking, and what stands at a status no step to it. */
export function mayChange({ can, snoozedUntil }: Changeable, change: BulkChange): boolean {
  return (
    (!change.assignment || can.includes("assign")) &&
    (!change.status || can.includes(change.status)) &&
    (!(change.priority ?? change.tags) || can.includes("edit")) &&
    (change.snooze === undefined || (change.snooze === null ? Boolean(snoozedUntil) : can.includes("snooze")))
  )
}

/** Whether nothing that the macro does is out of reach: the server does all of it to a ticket, or nothing. */
export function mayApply({ can, status }: Changeable, { actions }: Pick<Macro, "actions">): boolean {
  const firstStatus = actions.find((action) => action.type === "status")
  if (firstStatus && firstStatus.value !== status && !can.includes(firstStatus.value)) return false
  return actions.every(({ type }) => {
    if (type === "status") return true
    if (type === "snooze") return can.includes("snooze")
    return can.includes(type === "assign" || type === "team" ? "assign" : "edit")
  })
}
