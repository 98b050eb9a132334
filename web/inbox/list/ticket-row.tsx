import { Link } from "@tanstack/react-router"
import { CircleAlert, Clock, CornerUpLeft, Flag, Hourglass } from "lucide-react"
import { memo } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { useContactName } from "../../contacts/contact-name.ts"
import { useTicketViewers } from "../../tickets/viewers/ticket-viewers.ts"
import { ViewerAvatars } from "../../tickets/viewers/viewer-avatars-and-typing-line.tsx"
import { useUnsentCount } from "../../tickets/messages/outbox.ts"
import { DeadlineMark } from "../../tickets/sla/deadline-mark.tsx"
import { SurveyScore } from "../../surveys/survey-score.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { InboxLocation } from "../inbox-location.ts"
import { messagePreview } from "./message-preview.ts"
import { unreadLabel } from "../views/count-text.ts"

export const rowHeight = 56

interface Props {
  ticket: ListedTicket
  /** The address of the list, which stays while the ticket is open. */
  search: InboxLocation["search"]
  isOpen: boolean
  isSelected: boolean
  /** Something in the list is, or is about to be. */
  isSelecting: boolean
  /** The one row of the list at which Tab stops. */
  isTabStop: boolean
}

/** Drawn again when something of its own has changed: a list of fifty gets ten notices a second. */
export const TicketRow = memo(function TicketRow(props: Props) {
  const { ticket, isOpen, isSelecting } = props
  const { t } = useTexts()
  const name = useContactName()(ticket)
  const Channel = ticketChannels[ticket.channel].icon
  const unread = ticket.unreadMessages > 0
  return (
    <div className="group/row relative" data-number={ticket.number}>
      <RowCheck {...props} name={name} />
      <Link
        to="/tickets/$ref"
        params={{ ref: ticket.number }}
        search={props.search}
        tabIndex={props.isTabStop ? 0 : -1}
        aria-current={isOpen ? "true" : undefined}
        className={classNames(
          "flex h-14 items-center gap-2.5 border-b border-line px-3 focus-visible:-outline-offset-2",
          isOpen || props.isSelected ? "bg-chosen" : "hover:bg-hover",
        )}
      >
        <span className={classNames("transition-opacity", isSelecting ? "opacity-0" : "md:group-hover/row:opacity-0")}>
          <Avatar name={name} group={ticket.isGroup} />
        </span>
        {ticket.isGroup && <span className="sr-only">{t("list.group")}</span>}
        <span className="flex min-w-0 grow flex-col gap-px">
          <span className="flex items-center gap-1.5">
            <span dir="auto" className={classNames("min-w-0 truncate", unread && "font-strong")}>
              {name}
            </span>
            <Channel className="size-3 shrink-0 text-faint" role="img" aria-label={t(`channel.${ticket.channel}`)} />
            <Marks ticket={ticket} />
            <DeadlineMark sla={ticket.sla} />
            {ticket.surveyScore !== null && <SurveyScore score={ticket.surveyScore} />}
            <RowTime ticket={ticket} unread={unread} />
          </span>
          <SecondLine ticket={ticket} unread={unread} />
        </span>
      </Link>
    </div>
  )
})

/** Takes the place of the picture when the hand is near, and of every picture once something is chosen. */
function RowCheck({ ticket: { number }, name, isSelected, isSelecting, isTabStop }: Props & { name: string }) {
  const { t } = useTexts()
  return (
    <label
      className={classNames(
        "absolute top-0 left-0 z-10 flex h-full w-[50px] cursor-pointer items-center justify-center focus-within:opacity-100",
        isSelecting ? "" : "opacity-0 max-md:pointer-events-none md:group-hover/row:opacity-100",
      )}
    >
      <input
        type="checkbox"
        tabIndex={isSelecting && isTabStop ? 0 : -1}
        className="size-4 accent-accent"
        aria-label={t("bulk.choose", { number, name })}
        checked={isSelected}
        data-select={number}
        onChange={() => undefined}
      />
    </label>
  )
}

/** Only what stands out: more urgent than usual, snoozed. */
function Marks({ ticket: { priority, snoozedUntil } }: { ticket: ListedTicket }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const isAsleep = snoozedUntil !== null && snoozedUntil !== undefined && Date.parse(snoozedUntil) > when.place.now
  return (
    <>
      {(priority === "urgent" || priority === "high") && (
        <Flag
          className={classNames("size-3 shrink-0", priority === "urgent" ? "fill-current text-red" : "text-amber")}
          role="img"
          aria-label={t("list.priority", { priority: t(`priority.${priority}`) })}
        />
      )}
      {isAsleep && (
        <Clock
          className="size-3 shrink-0 text-muted"
          role="img"
          aria-label={t("snooze.snoozedUntil", { when: when.full(snoozedUntil) })}
        />
      )}
    </>
  )
}

function SecondLine({ ticket, unread }: { ticket: ListedTicket; unread: boolean }) {
  const { t } = useTexts()
  const { viewers, writers } = useTicketViewers(ticket.id)
  const { lead, text } = messagePreview({ ...ticket, typing: writers.length > 0 })
  const subject = ticket.incident
    ? `${t(`incident.trigger.${ticket.incident.trigger}`)} · ${ticket.incident.guia}`
    : subjectOf(ticket)
  return (
    <span className="flex items-center gap-1.5 text-sm text-muted">
      <span className="shrink-0 text-xs text-faint tabular-nums">{ticket.number}</span>
      <Undelivered ticket={ticket} />
      <span className="min-w-0 grow truncate">
        {subject && (
          <span className="text-ink">
            {subject}
            {lead === "none" && !text ? "" : " · "}
          </span>
        )}
        {lead === "draft" && <span className="font-strong text-blue">{t("list.draft")} </span>}
        {lead === "replied" && (
          <CornerUpLeft className="mr-1 inline size-3" role="img" aria-label={t("list.replied")} />
        )}
        {lead === "typing" ? (
          <span className="text-amber">
            {t("viewers.writing", { name: writers.map(({ user }) => user.name).join(", ") })}
          </span>
        ) : (
          <bdi>{text || (subject ? "" : t("list.noText"))}</bdi>
        )}
      </span>
      {unread && (
        <span
          role="img"
          aria-label={t("list.unread", { count: ticket.unreadMessages })}
          className="flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded-full bg-blue-soft px-1 text-xs font-strong text-blue tabular-nums"
        >
          {unreadLabel(ticket.unreadMessages)}
        </span>
      )}
      {viewers.length > 0 && <ViewerAvatars ticketId={ticket.id} size={18} />}
      {ticket.assignee && (
        <span role="img" title={ticket.assignee.name} aria-label={t("list.assignedTo", { name: ticket.assignee.name })}>
          <Avatar name={ticket.assignee.name} size={18} />
        </span>
      )}
    </span>
  )
}

/** For how long the customer has been waiting for us, or else when something was said last. */
function RowTime({
  ticket: { lastMessageAt, createdAt, waitingSince },
  unread,
}: {
  ticket: ListedTicket
  unread: boolean
}) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const at = lastMessageAt ?? createdAt
  const minutes = waitingSince === null ? 0 : (when.place.now - Date.parse(waitingSince)) / 60_000
  const isWaiting = minutes >= 1
  // Of hours nobody needs the minutes.
  const duration = when.duration(minutes < 60 ? minutes : Math.floor(minutes / 60) * 60)
  return (
    <time
      dateTime={(isWaiting && waitingSince) || at}
      title={[isWaiting && t("list.waiting", { duration }), when.full(at)].filter(Boolean).join(" · ")}
      className={classNames(
        "ml-auto flex shrink-0 items-center gap-0.5 pl-1 text-xs tabular-nums",
        isWaiting || unread ? "text-blue" : "text-faint",
        unread && "font-strong",
      )}
    >
      {isWaiting && <Hourglass className="size-3" role="img" aria-label={t("list.waitingFor")} />}
      {isWaiting ? duration : when.short(at)}
    </time>
  )
}

/** The first thing to know of a ticket: something that was written to its customer did not get there. */
function Undelivered({ ticket }: { ticket: ListedTicket }) {
  const { t } = useTexts()
  const count = ticket.undelivered + useUnsentCount(ticket.number)
  if (count === 0) return null
  return (
    <span className="flex shrink-0 items-center gap-1 font-strong text-red">
      <CircleAlert className="size-3.5" aria-hidden />
      {t("list.undelivered", { count })}
    </span>
  )
}

/** What the name does not say already. */
const subjectOf = ({ subject, contact }: ListedTicket): string => (contact ? subject : "")
