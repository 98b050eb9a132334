import { Link } from "@tanstack/react-router"
import { Plus, Undo2, X } from "lucide-react"
import { useState } from "react"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { DialogLoadedLater, LoadedLater } from "../../ui/lazy-part.tsx"
import { Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { useLinks, useUnmerge } from "../merge/merge-split-and-link-mutations.ts"
import { suggestedLinks } from "../messages/mail/load-mail-parts.ts"
import { linkDialog } from "../merge/load-dialogs.ts"
import { useSuggestedLinks } from "./suggested-links-query.ts"
import type { Ticket, TicketLink } from "../ticket.ts"

/** The tickets that have to do with this one. What a merge left can be undone from here. */
export function LinksTab({ ticket, place }: { ticket: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const [isLinking, setLinking] = useState(false)
  const links = ticket.links ?? []
  const suggested = useSuggestedLinks(ticket)
  return (
    <>
      {suggested.length > 0 && (
        <LoadedLater
          load={suggestedLinks}
          props={{ ticket, suggested, place }}
          fallback={<Skeleton className="h-16" />}
          onFailed={() => undefined}
        />
      )}
      {links.length === 0 && <p className="text-muted">{t("link.none")}</p>}
      <ul className="grid gap-3">
        {links.map((link) => (
          <li key={`${link.type} ${link.direction} ${link.ticket.id}`}>
            <OneLink ticket={ticket} link={link} place={place} />
          </li>
        ))}
      </ul>
      {ticket.can.includes("link") && (
        <Button size="sm" className="mt-4" onClick={() => setLinking(true)}>
          <Plus aria-hidden />
          {t("link.menu")}
        </Button>
      )}
      {isLinking && <DialogLoadedLater load={linkDialog} props={{ ticket, onClose: () => setLinking(false) }} />}
    </>
  )
}

const byHand: readonly TicketLink["type"][] = ["related", "follow_up", "conversation"]

function OneLink({ ticket, link, place }: { ticket: Ticket; link: TicketLink; place: InboxLocation }) {
  const { t } = useTexts()
  const { drop } = useLinks(ticket.number)
  const unmerge = useUnmerge()
  const { number, subject } = link.ticket
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <p className="text-xs text-faint">{t(`link.${link.type}.${link.direction}`)}</p>
        <Link
          to="/tickets/$ref"
          params={{ ref: number }}
          search={place.search}
          className="flex min-h-6 items-center gap-2 rounded text-sm hover:bg-hover"
        >
          <span className="shrink-0 font-strong tabular-nums">{number}</span>
          <span className="min-w-0 truncate text-muted">{subject}</span>
        </Link>
      </div>
      {byHand.includes(link.type) && ticket.can.includes("link") && (
        <Button
          look="quiet"
          size="icon"
          aria-label={t("link.remove", { number })}
          title={t("link.remove", { number })}
          onClick={() => drop.mutate(number)}
        >
          <X />
        </Button>
      )}
      {link.type === "merged" && link.direction === "from" && (
        <Button
          look="quiet"
          size="icon"
          aria-label={`${t("merge.undo")}: ${number}`}
          title={t("merge.undo")}
          disabled={unmerge.isPending}
          onClick={() => unmerge.mutate(number)}
        >
          <Undo2 />
        </Button>
      )}
    </div>
  )
}
