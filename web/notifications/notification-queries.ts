import { queryOptions, useQuery } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import type { Notification as OnServer } from "#notifications/api-contract.ts"
import { ticketChannels } from "../channels/channel-registry.ts"
import { previewLine } from "../inbox/list/message-preview.ts"
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

/** In words: who wrote, and what; a visitor who gave no name is known by their words. */
export function useNotificationText(): (notice: UserNotification) => string {
  const { t } = useTexts()
  return ({ kind, by, ticket, connection, excerpt }) => {
    const unnamed =
      by.type === "contact" && ticket
        ? t(ticketChannels[ticket.channel].unnamedWriter ?? "notifications.customer")
        : t("message.system")
    const name = connection?.name ?? (by.name || unnamed)
    const number = ticket?.number ?? t("notifications.hiddenTicket")
    const text = excerpt && ticket ? shorten(previewLine(excerpt, ticket.channel)) : ""
    if (text && kind === "answered") return t("notifications.said", { name, text })
    if (text && kind === "new_unassigned") return t("notifications.newSaid", { name, text })
    return t(`notifications.${kind}`, { name, number })
  }
}

const longestQuote = 90

/** By whole characters, not by halves of one. */
function shorten(text: string) {
  const characters = Array.from(text)
  return characters.length <= longestQuote
    ? text
    : `${characters
        .slice(0, longestQuote - 1)
        .join("")
        .trimEnd()}…`
}

type Read = { ids: string[] } | { ticket: string } | { all: true }

/** What cannot be marked now is marked when it is seen next. */
export const useMarkNotificationsRead = () =>
  useAct({
    run: (read: Read) => post("/notifications/read", read),
    stale: [["notifications"]],
    refused: () => true,
  })

/** Who sees a ticket has read all its notifications, those beyond the list too: no badge, no toast, on no device. */
export function useMarkOpenTicketRead(ref: string | undefined) {
  const { items = [], unread = 0 } = useQuery(notificationsQuery).data ?? {}
  const { mutate } = useMarkNotificationsRead()
  const asked = useRef("")
  const unreadItems = items.filter(({ readAt }) => readAt === null)
  const ids = unreadItems.filter((one) => isAboutTicket(one, ref)).map(({ id }) => id)
  const mayHaveMore = ids.length > 0 || unread > unreadItems.length
  const question = ref === undefined || !mayHaveMore ? "" : [ref, ...ids].join(" ")
  useEffect(() => {
    const see = () => {
      if (ref === undefined || question === "" || question === asked.current) return
      if (document.visibilityState === "hidden") return
      asked.current = question
      mutate({ ticket: ref })
    }
    see()
    document.addEventListener("visibilitychange", see)
    return () => document.removeEventListener("visibilitychange", see)
  }, [question, ref, mutate])
}

export const isAboutTicket = ({ ticket }: UserNotification, ref: string | undefined) =>
  ref !== undefined && (ticket?.number === ref || ticket?.id === ref)
