import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams } from "@tanstack/react-router"
import { Bell as Sign } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { CheckboxField } from "../ui/form-fields.tsx"
import { Popover } from "../ui/popover.tsx"
import { ticketRefOf } from "../tickets/ticket.ts"
import { useShowNewNotifications } from "./announce-notifications.ts"
import { desktopNotificationsAreOn, setDesktopNotifications } from "./desktop-notification-setting.ts"
import {
  isAboutTicket,
  notificationsQuery,
  useMarkNotificationsRead,
  useMarkOpenTicketRead,
  useNotificationText,
  type UserNotification,
} from "./notification-queries.ts"

/** What one should know of: a number while there is something new, the list on demand. */
export function NotificationBell({ className }: { className: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { data } = useQuery(notificationsQuery)
  const seen = useMarkNotificationsRead()
  const [isOpen, setOpen] = useState(false)
  const open = ({ id, ticket }: UserNotification) => {
    setOpen(false)
    seen.mutate([id])
    if (ticket) void navigate({ to: "/tickets/$ref", params: { ref: ticket.number } })
  }
  const { ref: written } = useParams({ strict: false })
  const ref = written === undefined ? undefined : ticketRefOf(written)
  useMarkOpenTicketRead(ref)
  useShowNewNotifications(ref, open)
  const onScreen = (data?.items ?? []).filter((one) => isAboutTicket(one, ref) && one.readAt === null).length
  const unread = (data?.unread ?? 0) - onScreen
  return (
    <Popover
      label={t("notifications.title")}
      open={isOpen}
      onOpen={setOpen}
      wide
      trigger={
        <button
          type="button"
          className={classNames(className, "relative")}
          aria-label={t("notifications.unread", { count: unread })}
        >
          <Sign className="size-5" aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute top-1 right-1 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-xs text-on-accent tabular-nums"
            >
              {unread > 9 ? "9+" : unread}
            </span>
          )}
        </button>
      }
    >
      <div className="flex min-h-9 items-center justify-between gap-2 px-2">
        <h2 className="font-strong">{t("notifications.title")}</h2>
        {unread > 0 && (
          <Button look="quiet" size="sm" onClick={() => seen.mutate("all")}>
            {t("notifications.allRead")}
          </Button>
        )}
      </div>
      <Notices items={data?.items ?? []} open={open} />
      <div className="border-t border-line px-2 pt-1">
        <DesktopSwitch />
      </div>
    </Popover>
  )
}

function Notices({ items, open }: { items: UserNotification[]; open: (notice: UserNotification) => void }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const words = useNotificationText()
  if (items.length === 0) return <p className="px-2 py-6 text-center text-muted">{t("notifications.none")}</p>
  return (
    <ul className="max-h-96 overflow-y-auto">
      {items.map((notice) => (
        <li key={notice.id}>
          <button
            type="button"
            onClick={() => open(notice)}
            className="flex min-h-11 w-full items-start gap-2 rounded px-2 py-1.5 text-left hover:bg-hover"
          >
            <span
              aria-hidden
              className={classNames(
                "mt-1.5 size-2 shrink-0 rounded-full",
                notice.readAt === null ? "bg-accent" : "bg-transparent",
              )}
            />
            <span className="min-w-0 grow">
              <span className={classNames("block break-words", notice.readAt === null && "font-strong")}>
                {words(notice)}
              </span>
              {notice.ticket?.subject && (
                <span className="block truncate text-sm text-muted">{notice.ticket.subject}</span>
              )}
            </span>
            <time dateTime={notice.createdAt} className="shrink-0 text-xs text-faint tabular-nums">
              {when.short(notice.createdAt)}
            </time>
          </button>
        </li>
      ))}
    </ul>
  )
}

function DesktopSwitch() {
  const { t } = useTexts()
  const [isOn, setOn] = useState(desktopNotificationsAreOn)
  return (
    <CheckboxField
      label={t("notifications.desktop")}
      checked={isOn}
      onChange={({ target }) => void setDesktopNotifications(target.checked).then(setOn)}
    />
  )
}
