import { Link } from "@tanstack/react-router"
import { X } from "lucide-react"
import type { SuggestedLink } from "#tickets/links/api-contract.ts"
import type { InboxLocation } from "../../../inbox/inbox-location.ts"
import { useTexts } from "../../../lib/language.tsx"
import { Button } from "../../../ui/button.tsx"
import { useLinks } from "../../merge/merge-split-and-link-mutations.ts"
import type { Ticket } from "../../ticket.ts"
import { useDismissSuggestion } from "./mail-mutations.ts"

interface Props {
  ticket: Ticket
  suggested: SuggestedLink[]
  place: InboxLocation
}

/** What mails of the ticket name: linked by a click, never by itself. */
export function SuggestedLinks({ ticket, suggested, place }: Props) {
  const { t } = useTexts()
  return (
    <ul aria-label={t("mail.suggestedLinks")} className="mb-3 grid gap-2">
      {suggested.map((one) => (
        <OneSuggestion key={one.ticketId} {...{ ticket, place }} suggestion={one} />
      ))}
    </ul>
  )
}

type OneProps = Omit<Props, "suggested"> & { suggestion: SuggestedLink }

function OneSuggestion({ ticket, suggestion: { number, subject, because }, place }: OneProps) {
  const { t } = useTexts()
  const { add } = useLinks(ticket.number)
  const dismiss = useDismissSuggestion(ticket.number)
  const dropName = t("mail.dropSuggestion", { number })
  return (
    <li className="rounded bg-amber-soft px-2 py-1 text-sm">
      <p className="text-xs">{t(`mail.suggested.${because}`)}</p>
      <Link
        to="/tickets/$ref"
        params={{ ref: number }}
        search={place.search}
        className="flex min-h-6 items-center gap-2 rounded underline-offset-2 hover:underline"
      >
        <span className="shrink-0 font-strong tabular-nums">{number}</span>
        <span className="min-w-0 truncate">{subject}</span>
      </Link>
      {ticket.can.includes("link") && (
        <span className="flex items-center gap-1">
          <Button
            size="sm"
            aria-label={t("mail.linkSuggestion", { number })}
            disabled={add.isPending}
            onClick={() => add.mutate({ type: "related", ticket: number })}
          >
            {t("mail.link")}
          </Button>
          <Button
            look="quiet"
            size="icon"
            aria-label={dropName}
            title={dropName}
            disabled={dismiss.isPending}
            onClick={() => dismiss.mutate(number)}
          >
            <X />
          </Button>
        </span>
      )}
    </li>
  )
}
