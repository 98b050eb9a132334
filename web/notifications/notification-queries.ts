import { queryOptions, useQuery } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import type { Notification as OnServer } from "#notifications/api-contract.ts"
import type { Json } from "../lib/json-type.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { get, post, type Page } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"

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
