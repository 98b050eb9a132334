import { useQuery } from "@tanstack/react-query"
import { Navigate, Outlet, useRouter } from "@tanstack/react-router"
import { useEffect, useState } from "react"
import { loadLanguage } from "../lib/language.tsx"
import { useLiveUpdates } from "../live-updates/staff-socket.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { meQuery, sessionQuery } from "../session/session-queries.ts"
import { ConfirmUndeliveredDialog } from "../tickets/lifecycle/confirm-ending-over-undelivered.tsx"
import { closeNewTicket, openNewTicket, useNewTicketStart } from "../tickets/new/open-new-ticket-dialog.ts"
import { conversationWithContactDialog, newTicketDialog } from "../tickets/load-new-ticket-and-conversation-dialogs.ts"
import { closeStartConversation, useConversationStart } from "../tickets/start-conversation/open-start-conversation.ts"
import { ErrorState, Skeleton, LoadingState } from "../ui/loading-empty-and-error.tsx"
import { ComingDialog, DialogLoadedLater, LoadedLater } from "../ui/lazy-part.tsx"
import { NewVersionNotice } from "./new-version-notice.tsx"
import { useGoToShortcuts } from "./go-to-shortcuts.ts"
import { OfflineBanner } from "./offline-banner.tsx"
import { CommandPalette } from "./commands/command-palette.tsx"
import { NavigationRail } from "./navigation-rail.tsx"

const shortcutsDialog = async () => (await import("./shortcuts-dialog.tsx")).ShortcutsDialog

/** Everything behind the sign-in. */
export function AppShell() {
  const session = useQuery(sessionQuery)
  const isIn = Boolean(session.data?.user)
  const me = useQuery({ ...meQuery, enabled: isIn })
  if (session.data?.setupNeeded) return <Navigate to="/setup" />
  if (session.data && !isIn) return <ToSignIn isExpired={me.data !== undefined} />
  if (me.data?.role === "user") return <ToPortal />
  if (me.data) return <Frame language={me.data.language} />
  const broken = session.error ?? me.error
  if (broken) return <ErrorState error={broken} retry={() => void (session.error ? session : me).refetch()} />
  return <WaitingFrame />
}

/** Customers have an app of their own, with texts of its own. */
function ToPortal() {
  useEffect(() => location.replace("/my"), [])
  return <WaitingFrame />
}

/** Goes once: the address of the moment is where one comes back to. `isExpired`: somebody was signed in here until now. */
function ToSignIn({ isExpired }: { isExpired: boolean }) {
  const router = useRouter()
  useEffect(() => {
    const { href } = router.state.location
    const next = href === "/" || href === "/inbox" ? {} : { next: href }
    void router.navigate({ to: "/sign-in", search: { ...next, ...(isExpired && { expired: true }) }, replace: true })
  }, [router, isExpired])
  return null
}

function Frame({ language }: { language: Parameters<typeof loadLanguage>[0] }) {
  const [open, setOpen] = useState<"keys" | "palette">()
  const isOpening = useNewTicketStart() !== undefined
  const [wasOpened, setOpened] = useState(isOpening)
  const isStarting = useConversationStart() !== undefined
  if (isOpening && !wasOpened) setOpened(true)
  const dropNewTicket = () => {
    closeNewTicket()
    setOpened(false)
  }
  useLiveUpdates()
  useGoToShortcuts()
  useEffect(() => void loadLanguage(language), [language])
  useShortcuts({ "?": () => setOpen("keys"), "Ctrl+KeyK": () => setOpen("palette"), KeyC: () => openNewTicket() })
  return (
    <div className="flex h-full flex-col">
      <OfflineBanner />
      <NewVersionNotice />
      <div className="flex min-h-0 grow flex-col-reverse md:flex-row">
        <NavigationRail onKeys={() => setOpen("keys")} />
        <div className="min-h-0 min-w-0 grow">
          <Outlet />
        </div>
      </div>
      {wasOpened && (
        <LoadedLater load={newTicketDialog} props={{}} fallback={<ComingDialog />} onFailed={dropNewTicket} />
      )}
      {isStarting && (
        <DialogLoadedLater load={conversationWithContactDialog} props={{ onClose: closeStartConversation }} />
      )}
      <ConfirmUndeliveredDialog />
      {open === "keys" && <DialogLoadedLater load={shortcutsDialog} props={{ onClose: () => setOpen(undefined) }} />}
      <CommandPalette open={open === "palette"} onClose={() => setOpen(undefined)} onKeys={() => setOpen("keys")} />
    </div>
  )
}

function WaitingFrame() {
  return (
    <LoadingState>
      <div className="flex h-dvh">
        <div className="w-14 border-r border-line max-md:hidden" />
        <div className="grid w-[340px] content-start gap-3 p-3">
          <Skeleton className="h-8" />
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      </div>
    </LoadingState>
  )
}
