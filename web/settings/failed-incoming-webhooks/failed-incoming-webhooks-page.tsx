import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { failedDeliveriesQuery, useReplayDelivery, type FailedDelivery } from "./failed-incoming-webhook-queries.ts"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"

export function FailedDeliveriesPage() {
  const { t } = useTexts()
  const query = useQuery(failedDeliveriesQuery)
  return (
    <SettingsPageLayout title={t("settings.failed-deliveries")} intro={t("failedDeliveries.intro")}>
      <EntityRows query={query} empty={t("failedDeliveries.empty")}>
        {(delivery) => <Row delivery={delivery} />}
      </EntityRows>
    </SettingsPageLayout>
  )
}

function Row({ delivery }: { delivery: FailedDelivery }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const replay = useReplayDelivery(({ replayedAt, reason }) =>
    replayedAt ? t("failedDeliveries.replayed") : t("failedDeliveries.failedAgain", { reason: plain(reason) }),
  )
  const connection = useQuery(connectionsQuery).data?.items.find(({ id }) => id === delivery.connectionId)
  const facts = [
    when.full(delivery.createdAt),
    connection?.name,
    t("failedDeliveries.tries", { count: delivery.tries }),
  ]
  return (
    <>
      <RowText title={plain(delivery.reason)}>{facts.filter(Boolean).join(" · ")}</RowText>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={() => replay.mutate(delivery.id)}
        aria-label={`${t("failedDeliveries.replay")}: ${plain(delivery.reason)}, ${when.full(delivery.createdAt)}`}
      >
        {t("failedDeliveries.replay")}
      </Button>
      <details className="w-full text-sm">
        <summary className="min-h-6 cursor-pointer text-muted">{t("failedDeliveries.element")}</summary>
        <pre
          tabIndex={0}
          aria-label={t("failedDeliveries.element")}
          className="mt-1 max-h-80 overflow-auto rounded border border-line bg-canvas p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {JSON.stringify(delivery.element, null, 2)}
        </pre>
      </details>
    </>
  )
}

/** The kind of the error says nothing to the reader of this page. */
const plain = (reason: string) => reason.replace(/^\w*Error: /, "")
