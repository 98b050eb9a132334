import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { Button } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { DesktopNotificationSwitch } from "./desktop-notification-switch.tsx"
import { useNotificationText, type UserNotification } from "./notification-queries.ts"

interface Props {
  items: UserNotification[]
  unread: number
  open: (notice: UserNotification) => void
  readAll: () => void
  close: () => void
}

/** What the bell opens. */
export function NotificationList({ items, unread, open, readAll, close }: Props) {
  const { t } = useTexts()
  return (
    <>
      <div className="flex min-h-9 items-center justify-between gap-2 px-2">
        <h2 className="font-strong">{t("notifications.title")}</h2>
        {unread > 0 && (
          <Button look="quiet" size="sm" onClick={readAll}>
            {t("notifications.allRead")}
          </Button>
        )}
      </div>
      <Notices items={items} open={open} />
      <div className="border-t border-line px-2 pt-1">
        <DesktopNotificationSwitch />
        <Button asChild look="quiet" size="sm" className="my-1">
          <Link to="/settings/profile" hash="notifications" onClick={close}>
            {t("notifications.preferences")}
          </Link>
        </Button>
      </div>
    </>
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
              {notice.ticket && (
                <span className="block truncate text-sm text-muted">
                  <span className="tabular-nums">{notice.ticket.number}</span> {notice.ticket.subject}
                </span>
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
