import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import {
  Archive,
  AtSign,
  CircleAlert,
  Bookmark,
  Clock,
  Inbox,
  Layers,
  TriangleAlert,
  UserRound,
  UserRoundX,
  Users,
  type LucideIcon,
} from "lucide-react"
import { memo } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { countsQuery, type TicketCounts } from "../../tickets/ticket-queries.ts"
import { classNames } from "../../ui/class-names.ts"
import { useBuiltInViews, useViewGroups } from "./use-view-groups.ts"
import { Count } from "./view-count.tsx"
import { isCounted, type BuiltInView, type View } from "./views-and-sorts.ts"

export const viewIcons: Record<BuiltInView, LucideIcon> = {
  mine: UserRound,
  unassigned: UserRoundX,
  open: Inbox,
  undelivered: CircleAlert,
  breached: CircleAlert,
  atRisk: TriangleAlert,
  dueToday: Clock,
  mentions: AtSign,
  snoozed: Clock,
  closed: Archive,
  all: Layers,
}

export const ViewsColumn = memo(function ViewsColumn({ chosen }: { chosen: View }) {
  const { t } = useTexts()
  const { teams } = useMe()
  const { data: counts } = useQuery(countsQuery)
  const views = useBuiltInViews(chosen)
  return (
    <nav
      aria-label={t("view.label")}
      className="flex w-[232px] shrink-0 flex-col overflow-y-auto border-r border-line p-2"
    >
      <p className="flex h-8 items-center px-2 text-lg font-strong">{t("nav.inbox")}</p>
      {views.map((view) => (
        <ViewLink
          key={view}
          view={view}
          icon={viewIcons[view]}
          name={t(`view.${view}`)}
          isChosen={view === chosen}
          count={isCounted(view) ? counts?.[view] : undefined}
        />
      ))}
      {teams.length > 0 && <p className="mt-4 px-2 pb-1 text-xs text-faint">{t("view.teams")}</p>}
      {teams.map((team) => (
        <ViewLink
          key={team.id}
          view={`team:${team.id}`}
          icon={Users}
          name={team.name}
          isChosen={chosen === `team:${team.id}`}
        />
      ))}
      <SavedViews chosen={chosen} counts={counts?.views} />
    </nav>
  )
})

function SavedViews({ chosen, counts }: { chosen: View; counts: TicketCounts["views"] | undefined }) {
  return useViewGroups().map(({ name, items }) => (
    <div key={name}>
      <p className="mt-4 px-2 pb-1 text-xs text-faint">{name}</p>
      {items.map((view) => (
        <ViewLink
          key={view.id}
          view={`saved:${view.id}`}
          icon={Bookmark}
          name={view.name}
          isChosen={chosen === `saved:${view.id}`}
          count={counts?.[view.id]}
        />
      ))}
    </div>
  ))
}

interface ViewLinkProps {
  view: View
  icon: LucideIcon
  name: string
  isChosen: boolean
  count?: { count: number; isCapped: boolean } | undefined
}

/** Drawn again when its own count has moved. */
const ViewLink = memo(function ViewLink({ view, icon: Icon, name, isChosen, count }: ViewLinkProps) {
  return (
    <Link
      to="/inbox"
      search={{ view }}
      aria-current={isChosen ? "page" : undefined}
      className={classNames(
        "flex h-8 shrink-0 items-center gap-2 rounded px-2",
        isChosen ? "bg-chosen font-strong" : "text-muted hover:bg-hover",
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 grow truncate" title={name}>
        {name}
      </span>
      {count && <Count {...count} />}
    </Link>
  )
})
