import { queryOptions, useQuery } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import type { Notification as OnServer } from "#notifications/contract.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { get, post, type Page } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { writeLocalStorage, readLocalStorage } from "../lib/local-storage.ts"
import { toast } from "../ui/toast.tsx"

export type UserNotification = Json<OnServer>

type Notices = Page<UserNotification> & { unread: number }

export const notificationsQuery = queryOptions({
  queryKey: ["notifications"],
  queryFn: ({ signal }) => get<Notices>("/notifications?limit=30", signal),
  staleTime: 30_000,
})

export function useNotificationText(): (notice: UserNotification) => string {
  const { t } = useTexts()
  return ({ kind, by, ticket }) =>
    t(`notifications.${kind}`, {
      name: by.name ?? t("message.system"),
      number: ticket?.number ?? t("notifications.hiddenTicket"),
    })
}

/** What cannot be marked now is marked when it is seen next. */
export const useMarkNotificationsRead = () =>
  useAct({
    run: (ids: string[] | "all") => post("/notifications/read", ids === "all" ? { all: true } : { ids }),
    stale: [["notifications"]],
    refused: () => true,
  })

export const desktopNotificationsAreOn = () =>
  readLocalStorage("desktopNotices") === "on" && "Notification" in globalThis && Notification.permission === "granted"

export async function setDesktopNotifications(on: boolean): Promise<boolean> {
  const isAllowed = on && "Notification" in globalThis && (await Notification.requestPermission()) === "granted"
  writeLocalStorage("desktopNotices", isAllowed ? "on" : null)
  return isAllowed
}

/** A notification of the ticket that is on the screen is seen with it: no badge, no toast. */
export function useMarkOpenTicketRead(ref: string | undefined) {
  const items = useQuery(notificationsQuery).data?.items
  const { mutate } = useMarkNotificationsRead()
  const asked = useRef(new Set<string>())
  useEffect(() => {
    const see = () => {
      if (document.visibilityState === "hidden") return
      const ids = (items ?? []).filter((one) => isAboutTicket(one, ref) && one.readAt === null).map(({ id }) => id)
      const fresh = ids.filter((id) => !asked.current.has(id))
      if (fresh.length === 0) return
      fresh.forEach((id) => asked.current.add(id))
      mutate(fresh)
    }
    see()
    document.addEventListener("visibilitychange", see)
    return () => document.removeEventListener("visibilitychange", see)
  }, [items, ref, mutate])
}

export const isAboutTicket = ({ ticket }: UserNotification, ref: string | undefined) =>
  ref !== undefined && (ticket?.number === ref || ticket?.id === ref)

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
