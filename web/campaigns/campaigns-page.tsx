import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Plus } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { useMe } from "../session/session-queries.ts"
import { SettingsPageLayout, EntityRows } from "../settings/settings-page-layout.tsx"
import { Button } from "../ui/button.tsx"
import { campaignQuery, campaignsQuery, type Campaign } from "./campaign-queries.ts"
import { ProgressBar } from "./progress-bar.tsx"
import { StatusBadge } from "./status-badge.tsx"
import { progressFigures } from "./progress-figures.ts"

export function CampaignsPage() {
  const { t } = useTexts()
  const { can } = useMe()
  const query = useQuery(campaignsQuery)
  return (
    <SettingsPageLayout
      title={t("nav.campaigns")}
      intro={t("campaigns.intro")}
      action={
        can.manageCampaigns && (
          <Button asChild look="primary">
            <Link to="/campaigns/new">
              <Plus aria-hidden />
              {t("campaigns.new")}
            </Link>
          </Button>
        )
      }
    >
      <EntityRows query={query} empty={t("campaigns.empty")}>
        {(campaign) => <Row campaign={campaign} />}
      </EntityRows>
    </SettingsPageLayout>
  )
}

function Row({ campaign }: { campaign: Campaign }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { id, name, status, kind, scheduledAt, createdAt } = campaign
  const hasBegun = status !== "draft" && status !== "scheduled"
  const { data } = useQuery({ ...campaignQuery(id), enabled: hasBegun })
  const at = status === "scheduled" && scheduledAt ? scheduledAt : createdAt
  const numbers = data && progressFigures(data.progress)
  return (
    <>
      <div className="min-w-0 grow basis-56">
        <Link
          to="/campaigns/$id"
          params={{ id }}
          dir="auto"
          className="font-strong break-words underline-offset-2 hover:underline"
        >
          {name}
        </Link>
        <p className="text-sm text-muted">
          {t(`campaigns.kind.${kind}`)} · {when.full(at)}
        </p>
      </div>
      {hasBegun && (
        <div className="w-52 shrink-0 max-md:w-full">
          {data && numbers ? (
            <>
              <ProgressBar progress={data.progress} />
              <p className="mt-0.5 text-xs text-muted tabular-nums">
                {t("campaigns.short", { sent: numbers.sent, total: data.progress.total, failed: numbers.failed })}
              </p>
            </>
          ) : (
            <span className="block h-[26px]" />
          )}
        </div>
      )}
      <StatusBadge status={status} />
    </>
  )
}
