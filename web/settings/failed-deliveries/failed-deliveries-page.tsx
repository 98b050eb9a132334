import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import { failedDeliveriesQuery, useReplayDelivery, type FailedDelivery } from "./failed-delivery-queries.ts"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"

export function FailedDeliveriesPage() {
  const { t } = useTexts()
  const query = useQuery(failedDeliveriesQuery)
  return (
    <SettingsPageLayout title={t("settings.aside")} intro={t("aside.intro")}>
      <EntityRows query={query} empty={{ title: t("aside.empty"), text: t("aside.emptyText") }}>
        {(aside) => <Row aside={aside} />}
      </EntityRows>
    </SettingsPageLayout>
  )
}

function Row({ aside }: { aside: FailedDelivery }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useProblemText()
  const replay = useReplayDelivery()
  const connection = useQuery(connectionsQuery).data?.items.find(({ id }) => id === aside.connectionId)
  const again = () =>
    replay.mutate(aside.id, {
      onSuccess: ({ replayedAt, reason }) =>
        toast(replayedAt ? t("aside.replayed") : t("aside.stillBad", { reason: plain(reason) })),
      onError: (error) => toast(say(error)),
    })
  const facts = [when.full(aside.createdAt), connection?.name, t("aside.tries", { count: aside.tries })]
  return (
    <>
      <RowText title={plain(aside.reason)}>{facts.filter(Boolean).join(" · ")}</RowText>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={again}
        aria-label={`${t("aside.replay")}: ${plain(aside.reason)}, ${when.full(aside.createdAt)}`}
      >
        {t("aside.replay")}
      </Button>
      <details className="w-full text-sm">
        <summary className="min-h-6 cursor-pointer text-muted">{t("aside.element")}</summary>
        <pre
          tabIndex={0}
          aria-label={t("aside.element")}
          className="mt-1 max-h-80 overflow-auto rounded border border-line bg-canvas p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {JSON.stringify(aside.element, null, 2)}
        </pre>
      </details>
    </>
  )
}

/** The kind of the error says nothing to whoever reads this. */
const plain = (reason: string) => reason.replace(/^\w*Error: /, "")
