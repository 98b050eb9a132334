import { useQuery } from "@tanstack/react-query"
import { Navigate, Outlet, useRouter } from "@tanstack/react-router"
import { lazy, Suspense, useEffect, useState } from "react"
import { speak } from "../lib/language.tsx"
import { useLive } from "../lib/live.ts"
import { useShortcuts } from "../lib/shortcuts.ts"
import { meQuery, sessionQuery } from "../session/session.ts"
import { ClosingQuestion } from "../tickets/closing.tsx"
import { openNewTicket, useOpening } from "../tickets/new/door.ts"
import { Broken, Skeleton, Waiting } from "../ui/state.tsx"
import { useGoKeys } from "./go-keys.ts"
import { LinkBanner } from "./link-banner.tsx"
import { Palette } from "./palette.tsx"
import { Rail } from "./rail.tsx"
import { ShortcutList } from "./shortcut-list.tsx"

const NewTicket = lazy(async () => ({ default: (await import("../tickets/new/new-ticket.tsx")).NewTicketDialog }))

/** Everything behind the sign-in. */
export function Shell() {
  const session = useQuery(sessionQuery)
  const isIn = Boolean(session.data?.user)
  const me = useQuery({ ...meQuery, enabled: isIn })
  if (session.data?.setupNeeded) return <Navigate to="/setup" />
  if (session.data && !isIn) return <ToSignIn />
  if (me.data?.role === "user") return <Navigate to="/my" replace />
  if (me.data) return <Frame language={me.data.language} />
  const broken = session.error ?? me.error
  if (broken) return <Broken error={broken} retry={() => void (session.error ? session : me).refetch()} />
  return <WaitingFrame />
}

/** Goes once: the address of the moment is where one comes back to. */
function ToSignIn() {
  const router = useRouter()
  useEffect(() => {
    const { href } = router.state.location
    const search = href === "/" || href === "/inbox" ? {} : { next: href }
    void router.navigate({ to: "/sign-in", search, replace: true })
  }, [router])
  return null
}

function Frame({ language }: { language: Parameters<typeof speak>[0] }) {
  const [open, setOpen] = useState<"keys" | "palette">()
  const isOpening = useOpening() !== undefined
  const [wasOpened, setOpened] = useState(isOpening)
  if (isOpening && !wasOpened) setOpened(true)
  useLive()
  useGoKeys()
  useEffect(() => void speak(language), [language])
  useShortcuts({ "?": () => setOpen("keys"), "Ctrl+KeyK": () => setOpen("palette"), KeyC: () => openNewTicket() })
  return (
    <div className="flex h-full flex-col">
      <LinkBanner />
      <div className="flex min-h-0 grow flex-col-reverse md:flex-row">
        <Rail onKeys={() => setOpen("keys")} />
        <div className="min-h-0 min-w-0 grow">
          <Outlet />
        </div>
      </div>
      <Suspense>{wasOpened && <NewTicket />}</Suspense>
      <ClosingQuestion />
      <ShortcutList open={open === "keys"} onClose={() => setOpen(undefined)} />
      <Palette open={open === "palette"} onClose={() => setOpen(undefined)} onKeys={() => setOpen("keys")} />
    </div>
  )
}

function WaitingFrame() {
  return (
    <Waiting>
      <div className="flex h-dvh">
        <div className="w-14 border-r border-line max-md:hidden" />
        <div className="grid w-[340px] content-start gap-3 p-3">
          <Skeleton className="h-8" />
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      </div>
    </Waiting>
  )
}
