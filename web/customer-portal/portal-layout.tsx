import { useQuery } from "@tanstack/react-query"
import { Link, Outlet } from "@tanstack/react-router"
import { LogOut, UserRound } from "lucide-react"
import { useEffect } from "react"
import { loadLanguage, useTexts } from "../lib/language.tsx"
import { meQuery, sessionQuery, useSignOut } from "../session/session-queries.ts"
import { Button } from "../ui/button.tsx"
import { NewVersionNotice } from "../shell/new-version-notice.tsx"
import { Logo } from "../ui/logo.tsx"
import { ErrorState, Skeleton, LoadingState } from "../ui/loading-empty-and-error.tsx"
import { useLiveUpdates } from "./live-updates.ts"
import { rememberReturnPath } from "./remember-return-path.ts"

/** The customers' side: their own requests and nothing else. Staff have their own screens. */
export function PortalLayout() {
  const session = useQuery(sessionQuery)
  const isIn = Boolean(session.data?.user)
  const me = useQuery({ ...meQuery, enabled: isIn })
  const language = me.data?.language
  useEffect(() => void (language && loadLanguage(language)), [language])
  if (session.data && !isIn) return <Leave to="/my/enter#expired" />
  if (me.data && me.data.role !== "user") return <Leave to="/inbox" />
  const broken = session.error ?? me.error
  return (
    <div className="flex h-full flex-col">
      <NewVersionNotice />
      <Top />
      <div className="min-h-0 grow overflow-y-auto">
        <main className="mx-auto h-full w-full max-w-[720px] p-4 max-md:p-3">
          {me.data && <Own />}
          {!me.data && broken && <ErrorState error={broken} retry={() => location.reload()} />}
          {!me.data && !broken && <LoadingRows />}
        </main>
      </div>
    </div>
  )
}

/** Out of the portal: what is there is another page, with scripts and texts of its own. */
function Leave({ to }: { to: "/inbox" | "/my/enter#expired" }) {
  useEffect(() => {
    if (to !== "/inbox") rememberReturnPath(location.pathname)
    location.replace(to)
  }, [to])
  return <LoadingRows />
}

function Own() {
  useLiveUpdates()
  return <Outlet />
}

function Top() {
  const { t } = useTexts()
  const signOut = useSignOut()
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 max-md:px-3">
      <Link to="/my" className="flex min-w-0 grow items-center gap-2.5 font-strong">
        <Logo size={24} />
        <span className="truncate">{t("portal.title")}</span>
      </Link>
      <Button asChild look="quiet" size="icon">
        <Link to="/my/profile" aria-label={t("portal.profile")} title={t("portal.profile")}>
          <UserRound />
        </Link>
      </Button>
      <Button
        look="quiet"
        size="icon"
        aria-label={t("portal.signOut")}
        title={t("portal.signOut")}
        onClick={() => signOut.mutate()}
      >
        <LogOut />
      </Button>
    </header>
  )
}

export function LoadingRows() {
  return (
    <LoadingState>
      <div className="grid gap-2">
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </div>
    </LoadingState>
  )
}
