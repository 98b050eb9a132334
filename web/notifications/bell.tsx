import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams } from "@tanstack/react-router"
import { Bell as Sign } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { Check } from "../ui/field.tsx"
import { Popover } from "../ui/popover.tsx"
import { refOf } from "../tickets/ticket.ts"
import {
  desktopIsOn,
  isAbout,
  noticesQuery,
  switchDesktop,
  useMarkSeen,
  useNoticeWords,
  useSeeOpenTicket,
  useTellNew,
  type Notice,
} from "./notifications.ts"

/** What one should know of: a number while there is something new, the list on demand. */
export function Bell({ className }: { className: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { data } = useQuery(noticesQuery)
  const seen = useMarkSeen()
  const [isOpen, setOpen] = useState(false)
  const open = ({ id, ticket }: Notice) => {
    setOpen(false)
    seen.mutate([id])
    if (ticket) void navigate({ to: "/tickets/$ref", params: { ref: ticket.number } })
  }
  const { ref: written } = useParams({ strict: false })
  const ref = written === undefined ? undefined : refOf(written)
  useSeeOpenTicket(ref)
  useTellNew(ref, open)
  const onScreen = (data?.items ?? []).filter((one) => isAbout(one, ref) && one.readAt === null).length
  const unread = (data?.unread ?? 0) - onScreen
  return (
    <Popover
      label={t("notice.title")}
      open={isOpen}
      onOpen={setOpen}
      wide
      trigger={
        <button type="button" className={cx(className, "relative")} aria-label={t("notice.unread", { count: unread })}>
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
        <h2 className="font-strong">{t("notice.title")}</h2>
        {unread > 0 && (
          <Button look="quiet" size="sm" onClick={() => seen.mutate("all")}>
            {t("notice.allRead")}
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

function Notices({ items, open }: { items: Notice[]; open: (notice: Notice) => void }) {
  const { t } = useTexts()
  const when = useWhen()
  const words = useNoticeWords()
  if (items.length === 0) return <p className="px-2 py-6 text-center text-muted">{t("notice.none")}</p>
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
              className={cx(
                "mt-1.5 size-2 shrink-0 rounded-full",
                notice.readAt === null ? "bg-accent" : "bg-transparent",
              )}
            />
            <span className="min-w-0 grow">
              <span className={cx("block break-words", notice.readAt === null && "font-strong")}>{words(notice)}</span>
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
  const [isOn, setOn] = useState(desktopIsOn)
  return (
    <Check
      label={t("notice.desktop")}
      checked={isOn}
      onChange={({ target }) => void switchDesktop(target.checked).then(setOn)}
    />
  )
}
