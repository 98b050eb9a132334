import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams } from "@tanstack/react-router"
import { Bell as Sign } from "lucide-react"
import { useState } from "react"
import { useDocumentTitleCount } from "../lib/document-title.ts"
import { useTexts } from "../lib/language.tsx"
import { classNames } from "../ui/class-names.ts"
import { LoadedLater } from "../ui/lazy-part.tsx"
import { Skeleton } from "../ui/loading-empty-and-error.tsx"
import { Popover } from "../ui/popover.tsx"
import { ticketRefOf } from "../tickets/ticket.ts"
import {
  isAboutTicket,
  notificationsQuery,
  useMarkNotificationsRead,
  useMarkOpenTicketRead,
  type UserNotification,
} from "./notification-queries.ts"
import { useOnScreenLock } from "./tickets-on-screen.ts"
import { useNewNotifications } from "./use-new-notifications.ts"

const notificationList = async () => (await import("./notification-list.tsx")).NotificationList

/** What one should know of: a number while there is something new, the list on demand. */
export function NotificationBell({ className }: { className: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { data } = useQuery(notificationsQuery)
  const seen = useMarkNotificationsRead()
  const [isOpen, setOpen] = useState(false)
  const open = ({ id, ticket, connection }: UserNotification) => {
    setOpen(false)
    seen.mutate({ ids: [id] })
    if (ticket) void navigate({ to: "/tickets/$ref", params: { ref: ticket.number } })
    if (connection) void navigate({ to: "/settings/connections/$id", params: { id: connection.id } })
  }
  const { ref: written } = useParams({ strict: false })
  const ref = written === undefined ? undefined : ticketRefOf(written)
  useOnScreenLock(ref)
  useMarkOpenTicketRead(ref)
  useNewNotifications(ref, open)
  const onScreen = (data?.items ?? []).filter((one) => isAboutTicket(one, ref) && one.readAt === null).length
  const unread = (data?.unread ?? 0) - onScreen
  useDocumentTitleCount(unread)
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
      <LoadedLater
        load={notificationList}
        props={{
          items: data?.items ?? [],
          unread,
          open,
          readAll: () => seen.mutate({ all: true }),
          close: () => setOpen(false),
        }}
        fallback={<Skeleton className="h-40" />}
        onFailed={() => setOpen(false)}
      />
    </Popover>
  )
}
