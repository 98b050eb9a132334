import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import { useTexts } from "../lib/language.tsx"
import { toast } from "../ui/toast.tsx"
import { desktopNotificationsAreOn } from "./desktop-notification-setting.ts"
import {
  isAboutTicket,
  notificationsQuery,
  useNotificationText,
  type UserNotification,
} from "./notification-queries.ts"

/**
 * What arrives while one is here is said once: on the screen, or outside it when the tab is hidden and that was wished. What
 * is about the ticket on the screen (`ref`) needs no word while it can be seen.
 */
export function useShowNewNotifications(ref: string | undefined, open: (notice: UserNotification) => void) {
  const { t } = useTexts()
  const words = useNotificationText()
  const items = useQuery(notificationsQuery).data?.items
  const shown = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (!items) return
    const before = shown.current
    shown.current = new Set([...(before ?? []), ...items.map(({ id }) => id)])
    const fresh = before ? items.filter((one) => one.readAt === null && !before.has(one.id)) : []
    for (const notice of fresh) {
      if (document.visibilityState === "visible" && isAboutTicket(notice, ref)) continue
      if (document.visibilityState === "hidden" && desktopNotificationsAreOn())
        showDesktopNotification(words(notice), notice, open)
      else toast(words(notice), notice.ticket ? { label: t("notifications.open"), run: () => open(notice) } : undefined)
    }
  })
}

function showDesktopNotification(text: string, notice: UserNotification, open: (notice: UserNotification) => void) {
  const shown = new Notification(text, { tag: notice.id, body: notice.ticket?.subject ?? "" })
  shown.addEventListener("click", () => {
    window.focus()
    open(notice)
  })
}
