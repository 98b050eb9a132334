import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import { useTexts } from "../lib/language.tsx"
import { toast } from "../ui/toast.tsx"
import type { Announcement } from "./announce-notifications.ts"
import { notificationsQuery, useNotificationText, type UserNotification } from "./notification-queries.ts"

/** What arrives while one is here is announced once. `ref`: the ticket that is open in this tab. */
export function useNewNotifications(ref: string | undefined, open: (notice: UserNotification) => void) {
  const { t } = useTexts()
  const words = useNotificationText()
  const items = useQuery(notificationsQuery).data?.items
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (!items) return
    const before = known.current
    known.current = new Set([...(before ?? []), ...items.map(({ id }) => id)])
    const fresh = before ? items.filter(({ id, readAt }) => readAt === null && !before.has(id)) : []
    if (fresh.length === 0) return
    const announcements = fresh.map((notice): Announcement => {
      const isShown = notice.ticket ?? notice.connection
      const action = isShown ? { label: t("notifications.open"), run: () => open(notice) } : undefined
      return { notice, text: words(notice), action }
    })
    import("./announce-notifications.ts").then(
      ({ announce }) => announce(announcements, ref),
      // Its code cannot be had now: what is said on the screen needs none.
      () => announcements.forEach(({ text, action }) => toast(text, action)),
    )
  })
}
