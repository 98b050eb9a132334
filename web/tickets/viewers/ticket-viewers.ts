// Who else views a ticket or types on it, as the server says. What this user does is sent to colleagues.
import { useEffect, useRef } from "react"
import { createSharedState } from "../../lib/shared-state.ts"
import { useMe } from "../../session/session-queries.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"
import type { IdAndName } from "../ticket.ts"

interface ViewerSession {
  viewers: IdAndName[]
  writers: { user: IdAndName; mode: Mode }[]
  /** The customer types, in a chat. */
  isCustomerTyping?: boolean
}

const nobody: ViewerSession = { viewers: [], writers: [] }
const viewers = createSharedState<ReadonlyMap<string, ViewerSession>>(new Map())
let here: string | null = null
let tell: ((name: string, body: unknown) => void) | undefined

/** A connection that can speak, or none. What was known of others is sent anew by the server. */
export function connectViewers(speaker: typeof tell) {
  tell = speaker
  viewers.set(new Map())
  if (here) tell?.("viewing", { ticketId: here })
}

export function receiveViewing({ ticketId, users }: { ticketId: string; users: IdAndName[] }) {
  const writers = (viewers.get().get(ticketId)?.writers ?? []).filter(({ user }) =>
    users.some((one) => one.id === user.id),
  )
  const next = new Map(viewers.get())
  if (users.length > 0) next.set(ticketId, { ...next.get(ticketId), viewers: users, writers })
  else next.delete(ticketId)
  viewers.set(next)
}

export function receiveTyping({ ticketId, user, mode }: { ticketId: string; user: IdAndName; mode: Mode | null }) {
  const session = viewers.get().get(ticketId) ?? nobody
  const others = session.writers.filter((one) => one.user.id !== user.id)
  viewers.set(
    new Map(viewers.get()).set(ticketId, { ...session, writers: mode ? [...others, { user, mode }] : others }),
  )
}

const customerTypesForMs = 8_000
const customerTimers = new Map<string, ReturnType<typeof setTimeout>>()

/** What is not repeated is over. */
export function receiveCustomerTyping({ ticketId, isTyping }: { ticketId: string; isTyping: boolean }) {
  clearTimeout(customerTimers.get(ticketId))
  const session = viewers.get().get(ticketId) ?? nobody
  viewers.set(new Map(viewers.get()).set(ticketId, { ...session, isCustomerTyping: isTyping }))
  if (!isTyping) return
  const over = () => receiveCustomerTyping({ ticketId, isTyping: false })
  customerTimers.set(ticketId, setTimeout(over, customerTypesForMs))
}

/** Everybody but the reader. */
export function useTicketViewers(ticketId: string): ViewerSession {
  const me = useMe()
  const session = viewers.use().get(ticketId) ?? nobody
  return {
    ...session,
    viewers: session.viewers.filter(({ id }) => id !== me.id),
    writers: session.writers.filter(({ user }) => user.id !== me.id),
  }
}

/** Looking is what happens in a tab that can be seen. */
export function useReportViewing(ticketId: string) {
  useEffect(() => {
    const look = () => {
      here = document.visibilityState === "visible" ? ticketId : null
      tell?.("viewing", { ticketId: here })
    }
    look()
    document.addEventListener("visibilitychange", look)
    return () => {
      document.removeEventListener("visibilitychange", look)
      here = null
      tell?.("viewing", { ticketId: null })
    }
  }, [ticketId])
}

const repeatAfter = 10_000
const idleAfter = 8_000

/** Sends colleagues that this user types, and that they have stopped. */
export function useReportTyping(ticketId: string, mode: Mode): (text: string) => void {
  const sentAt = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      if (sentAt.current > 0) tell?.("typing", { ticketId, mode: null })
      sentAt.current = 0
    },
    [ticketId, mode],
  )
  return (text) => {
    clearTimeout(timer.current)
    const stop = () => {
      if (sentAt.current > 0) tell?.("typing", { ticketId, mode: null })
      sentAt.current = 0
    }
    if (!text.trim()) return stop()
    timer.current = setTimeout(stop, idleAfter)
    if (Date.now() - sentAt.current < repeatAfter) return
    sentAt.current = Date.now()
    tell?.("typing", { ticketId, mode })
  }
}
