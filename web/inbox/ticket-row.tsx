import { Link } from "@tanstack/react-router"
import { CornerUpLeft } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import type { ListedTicket } from "../tickets/ticket.ts"
import { useContactName } from "../tickets/contact-name.ts"
import { channelIcons } from "../tickets/channel.ts"
import { Avatar } from "../ui/avatar.tsx"
import { cx } from "../ui/cx.ts"
import type { Place } from "./place.ts"
import { previewOf } from "./preview.ts"
import { unreadBubble } from "./view.ts"

export const rowHeight = 56

export function TicketRow({ ticket, place }: { ticket: ListedTicket; place: Place }) {
  const { t } = useTexts()
  const when = useWhen()
  const name = useContactName()(ticket)
  const isChosen = place.ref === ticket.number || place.ref === ticket.id
  const Channel = channelIcons[ticket.channel]
  const at = ticket.lastMessageAt ?? ticket.createdAt
  const unread = ticket.unreadMessages > 0
  return (
    <Link
      to="/tickets/$ref"
      params={{ ref: ticket.number }}
      search={place.search}
      aria-current={isChosen ? "true" : undefined}
      className={cx(
        "flex h-14 items-center gap-2.5 border-b border-line px-3 focus-visible:-outline-offset-2",
        isChosen ? "bg-chosen" : "hover:bg-hover",
      )}
    >
      <Avatar name={name} group={ticket.isGroup} />
      {ticket.isGroup && <span className="sr-only">{t("list.group")}</span>}
      <span className="flex min-w-0 grow flex-col gap-px">
        <span className="flex items-center gap-1.5">
          <span dir="auto" className={cx("min-w-0 truncate", unread && "font-strong")}>
            {name}
          </span>
          <Channel className="size-3 shrink-0 text-faint" role="img" aria-label={t(`channel.${ticket.channel}`)} />
          <time
            dateTime={at}
            title={when.full(at)}
            className={cx(
              "ml-auto shrink-0 pl-1 text-xs tabular-nums",
              unread ? "font-strong text-blue" : "text-faint",
            )}
          >
            {when.short(at)}
          </time>
        </span>
        <SecondLine ticket={ticket} unread={unread} />
      </span>
    </Link>
  )
}

function SecondLine({ ticket, unread }: { ticket: ListedTicket; unread: boolean }) {
  const { t } = useTexts()
  const { lead, text } = previewOf(ticket)
  const subject = ticket.kind === "conversation" ? "" : ticket.subject
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <span className="shrink-0 text-xs text-faint tabular-nums">{ticket.number}</span>
      <span className="min-w-0 grow truncate">
        {subject && <span className="text-ink">{subject} · </span>}
        {lead === "draft" && <span className="font-strong text-blue">{t("list.draft")} </span>}
        {lead === "replied" && (
          <CornerUpLeft className="mr-1 inline size-3" role="img" aria-label={t("list.replied")} />
        )}
        {lead === "typing" ? t("list.typing") : <bdi>{text || t("list.noText")}</bdi>}
      </span>
      {unread && (
        <span
          role="img"
          aria-label={t("list.unread", { count: ticket.unreadMessages })}
          className="flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded-full bg-blue-soft px-1 text-xs font-strong text-blue tabular-nums"
        >
          {unreadBubble(ticket.unreadMessages)}
        </span>
      )}
      {ticket.assignee && (
        <span role="img" title={ticket.assignee.name} aria-label={t("list.assignedTo", { name: ticket.assignee.name })}>
          <Avatar name={ticket.assignee.name} size={18} />
        </span>
      )}
    </span>
  )
}
