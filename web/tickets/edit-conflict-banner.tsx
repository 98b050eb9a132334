import { useTexts } from "../lib/language.tsx"
import { useStaffAndTeams } from "../people/user-and-team-queries.ts"
import { Button } from "../ui/button.tsx"
import { setEditConflict, useEditConflict, type TicketField } from "./edit-conflict.ts"
import type { Ticket } from "./ticket.ts"

/** What a colleague chose while one was choosing something else. */
export function EditConflictBanner({ number }: { number: string }) {
  const { t } = useTexts()
  const { users } = useStaffAndTeams()
  const conflict = useEditConflict(number)
  const says = useFieldWords()
  const { field, was, now, by } = conflict ?? {}
  const name = users.find((user) => user.id === by)?.name ?? t("conflict.somebody")
  return (
    <div role="alert">
      {conflict && field && was && now && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line bg-amber-soft px-4 py-2 text-sm">
          <p className="min-w-0 grow break-words">
            {t("conflict.changed", {
              name,
              field: t(`conflict.${field}`),
              from: says(field, was),
              to: says(field, now),
            })}
          </p>
          <Button
            size="sm"
            onClick={() => {
              setEditConflict(undefined)
              conflict.keepMine()
            }}
          >
            {t("conflict.mine")}
          </Button>
          <Button size="sm" onClick={() => setEditConflict(undefined)}>
            {t("conflict.theirs")}
          </Button>
        </div>
      )}
    </div>
  )
}

function useFieldWords(): (field: TicketField, ticket: Ticket) => string {
  const { t } = useTexts()
  return (field, ticket) => {
    switch (field) {
      case "status":
        return t(`status.${ticket.phase}`)
      case "priority":
        return t(`priority.${ticket.priority}`)
      case "subject":
        return ticket.subject
      case "assignee":
        return ticket.assignee?.name ?? t("ticket.nobody")
      case "team":
        return ticket.team?.name ?? t("ticket.noTeam")
      case "tags":
        return ticket.tags.join(", ") || t("details.none")
      case "categories":
        return ticket.categories.map((one) => one.name).join(", ") || t("details.none")
      case "customFields":
        return Object.values(ticket.customFields).map(String).join(", ") || t("details.none")
    }
  }
}
