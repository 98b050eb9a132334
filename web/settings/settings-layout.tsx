import { Link, Navigate, Outlet, useLocation } from "@tanstack/react-router"
import {
  ArrowLeft,
  Cable,
  CalendarClock,
  Headset,
  KeyRound,
  MessageSquareQuote,
  PackageOpen,
  Plug,
  Route,
  ScrollText,
  Star,
  Tags,
  TextCursorInput,
  Timer,
  UserRound,
  Users,
  UsersRound,
  Webhook,
  Workflow,
  Zap,
  type LucideIcon,
} from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { mediumScreen, useMediaQuery } from "../lib/media-query.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useMe } from "../session/session-queries.ts"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"
import { settingsSections, type SettingsSection } from "./settings-sections.ts"

const icons: Record<SettingsSection, LucideIcon> = {
  profile: UserRound,
  desk: Headset,
  "closing-and-survey": Star,
  connections: Plug,
  staff: UsersRound,
  teams: Users,
  calendars: CalendarClock,
  "sla-policies": Timer,
  keys: KeyRound,
  "failed-deliveries": PackageOpen,
  "linked-systems": Cable,
  "failed-hooks": Webhook,
  replies: MessageSquareQuote,
  macros: Zap,
  rules: Route,
  automation: Workflow,
  fields: TextCursorInput,
  categories: Tags,
  audit: ScrollText,
}

/** The sections at the side; on a phone they are a page of their own. */
export function SettingsLayout() {
  const { t } = useTexts()
  const hasRoom = useMediaQuery(mediumScreen)
  const path = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, "") })
  const isHome = path === "/settings"
  const { can } = useMe()
  const page = path.slice("/settings/".length).split("/")[0]
  const isAllowed = settingsSections(can).some((one) => one === page)
  useDocumentTitle(t("settings.title"))
  if (isHome && hasRoom) return <Navigate to="/settings/profile" replace />
  return (
    <div className="flex h-full min-w-0">
      {hasRoom && <Sections />}
      {isHome && (
        <main id="content" className="grow">
          <Sections />
        </main>
      )}
      {!isHome && (
        <main id="content" className="h-full min-w-0 grow overflow-y-auto bg-surface">
          <div className="mx-auto max-w-[760px] p-6 max-md:p-4">
            {!hasRoom && (
              <h1 className="mb-2 font-normal">
                <Link to="/settings" className="inline-flex min-h-10 items-center gap-1.5 text-muted">
                  <ArrowLeft className="size-4" aria-hidden />
                  {t("settings.title")}
                </Link>
              </h1>
            )}
            {isAllowed ? <Outlet /> : <EmptyState title={t("settings.title")} text={t("settings.notAllowed")} />}
          </div>
        </main>
      )}
    </div>
  )
}

function Sections() {
  const { t } = useTexts()
  const { can } = useMe()
  return (
    <nav
      aria-label={t("settings.sections")}
      className="flex shrink-0 flex-col gap-px overflow-y-auto border-r border-line p-2 max-md:w-full max-md:border-r-0 max-md:p-3 md:w-[232px]"
    >
      <h1 className="flex h-8 items-center px-2 text-lg font-strong">{t("settings.title")}</h1>
      {settingsSections(can).map((page) => {
        const Icon = icons[page]
        return (
          <Link
            key={page}
            to={`/settings/${page}`}
            className="flex h-8 items-center gap-2 rounded px-2 text-muted hover:bg-hover max-md:h-12"
            activeProps={{ className: "bg-chosen font-strong text-ink", "aria-current": "page" }}
          >
            <Icon className="size-4 shrink-0" aria-hidden />
            <span className="truncate">{t(`settings.${page}`)}</span>
          </Link>
        )
      })}
    </nav>
  )
}
