import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useFailureText } from "../channels/failure-text.ts"
import { useConnectionChannel } from "../channels/use-channel-features.ts"
import { numberFormat } from "../lib/formats/intl-formats.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { useMe } from "../session/session-queries.ts"
import { connectionsQuery } from "../settings/connections/connection-queries.ts"
import { Definition, DefinitionList } from "../tickets/details/definition-list.tsx"
import { BackLink } from "../ui/back-link.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { campaignQuery, type CampaignWithProgress } from "./campaign-queries.ts"
import { ProgressBar } from "./progress-bar.tsx"
import { AddRecipients } from "./add-recipients.tsx"
import { StatusBadge } from "./status-badge.tsx"
import { CampaignActions } from "./campaign-actions.tsx"
import { progressParts, progressFigures } from "./progress-figures.ts"
import { acceptsRecipients } from "./status-transitions.ts"

export function CampaignPage() {
  const { t } = useTexts()
  const { id = "" } = useParams({ strict: false })
  const query = useQuery(campaignQuery(id))
  const { can } = useMe()
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <Skeleton className="h-64" />
      </NotLoaded>
    )
  const campaign = query.data
  return (
    <>
      <BackLink to="/campaigns">{t("nav.campaigns")}</BackLink>
      <header className="mb-5 flex flex-wrap items-center gap-3">
        <h2 dir="auto" className="min-w-0 grow basis-56 text-xl font-strong break-words">
          {campaign.name}
        </h2>
        <StatusBadge status={campaign.status} />
        {can.manageCampaigns && <CampaignActions campaign={campaign} />}
      </header>
      <div className="grid gap-6">
        <Results campaign={campaign} />
        <Plan campaign={campaign} />
        {can.manageCampaigns && acceptsRecipients(campaign.status) && campaign.template && (
          <AddRecipients id={campaign.id} parameters={campaign.template.parameters} />
        )}
      </div>
    </>
  )
}

function Results({ campaign: { progress, connectionId } }: { campaign: CampaignWithProgress }) {
  const { t, language } = useTexts()
  const number = numberFormat(language)
  const numbers = progressFigures(progress)
  if (progress.total === 0) return <p className="text-muted">{t("campaigns.nobody")}</p>
  return (
    <section aria-label={t("campaigns.results")} className="grid gap-3">
      <ProgressBar progress={progress} />
      <dl className="grid grid-cols-4 gap-2 max-md:grid-cols-2">
        {progressParts
          .filter((part) => numbers[part] > 0 || ["sent", "delivered", "read", "replied"].includes(part))
          .map((part) => (
            <div key={part} className="rounded border border-line px-3 py-2">
              <dt className="text-sm text-muted">{t(`campaigns.part.${part}`)}</dt>
              <dd className={part === "failed" ? "text-xl text-red tabular-nums" : "text-xl tabular-nums"}>
                {number.format(numbers[part])}
              </dd>
            </div>
          ))}
      </dl>
      <Failures failed={progress.failed} connectionId={connectionId} />
    </section>
  )
}

function Failures({ failed, connectionId }: { failed: Record<string, number>; connectionId: string }) {
  const { t, language } = useTexts()
  const failureText = useFailureText()
  const channel = useConnectionChannel(connectionId)
  const number = numberFormat(language)
  const reasons = Object.entries(failed).toSorted((a, b) => b[1] - a[1])
  if (reasons.length === 0) return null
  return (
    <section aria-label={t("campaigns.failures")}>
      <h3 className="mb-1 font-strong">{t("campaigns.failures")}</h3>
      <ul className="grid gap-1">
        {reasons.map(([reason, count]) => (
          <li key={reason} className="flex gap-3">
            <span className="w-12 shrink-0 text-right text-red tabular-nums">{number.format(count)}</span>
            <span className="min-w-0 first-letter:uppercase">{failureText(reason, channel)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Plan({ campaign }: { campaign: CampaignWithProgress }) {
  const { t, language } = useTexts()
  const when = useTimeFormat()
  const connections = useQuery(connectionsQuery).data?.items
  const { template, pacePerMinute, scheduledAt, finishedAt, connectionId } = campaign
  return (
    <section aria-label={t("campaigns.plan")}>
      <DefinitionList>
        <Definition name={t("campaigns.recipients")}>
          {numberFormat(language).format(campaign.progress.total)}
        </Definition>
        <Definition name={t("campaigns.kind")}>{t(`campaigns.kind.${campaign.kind}`)}</Definition>
        <Definition name={t("details.connection")}>
          {connections?.find(({ id }) => id === connectionId)?.name ?? "–"}
        </Definition>
        {template && (
          <Definition name={t("templates.template")}>
            {template.name} · {template.language}
            {template.parameters.length > 0 && (
              <span className="block text-muted">{template.parameters.join(" · ")}</span>
            )}
          </Definition>
        )}
        <Definition name={t("campaigns.pace")}>
          {pacePerMinute === null ? t("campaigns.noPace") : t("campaigns.perMinute", { count: pacePerMinute })}
        </Definition>
        {scheduledAt && <Definition name={t("campaigns.scheduledFor")}>{when.full(scheduledAt)}</Definition>}
        {finishedAt && <Definition name={t("campaigns.finished")}>{when.full(finishedAt)}</Definition>}
      </DefinitionList>
    </section>
  )
}
