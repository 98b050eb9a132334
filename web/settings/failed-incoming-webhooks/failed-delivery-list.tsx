import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { MoreButton } from "../../ui/more-button.tsx"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { EntityRows, RowText } from "../settings-page-layout.tsx"
import { FailedMail } from "./failed-mail.tsx"
import {
  type FailedDelivery,
  useFailedDeliveries,
  useReplayCause,
  useReplayDelivery,
} from "./failed-incoming-webhook-queries.ts"

/** Of one connection, or of all. */
export function FailedDeliveryList({ connectionId, empty }: { connectionId?: string; empty: string }) {
  const query = useFailedDeliveries(connectionId)
  const causes = query.data?.causes.filter(({ count }) => count > 1) ?? []
  return (
    <>
      {connectionId !== undefined && causes.length > 0 && (
        <ul className="mb-3 grid gap-2">
          {causes.map((one) => (
            <Cause key={one.cause} connectionId={connectionId} {...one} />
          ))}
        </ul>
      )}
      <EntityRows query={query} empty={empty}>
        {(delivery) => <Row delivery={delivery} isOfOne={connectionId !== undefined} />}
      </EntityRows>
      <MoreButton query={query} />
    </>
  )
}

/** Those of one cause, which often ends for all of them at once. */
function Cause({ connectionId, cause, count }: { connectionId: string; cause: string; count: number }) {
  const { t } = useTexts()
  const causeText = useCauseText()
  const replay = useReplayCause()
  const words = t("failedDeliveries.ofCause", { count, cause: causeText(cause, t("failedDeliveries.cause.other")) })
  return (
    <li className="flex flex-wrap items-center justify-between gap-2">
      <p role="status">{replay.isPending ? t("failedDeliveries.replaying", { count: replay.tried }) : words}</p>
      <Button
        size="sm"
        disabled={replay.isPending}
        onClick={() => replay.mutate({ connectionId, cause })}
        aria-label={`${t("failedDeliveries.replayAll")}: ${words}`}
      >
        {t("failedDeliveries.replayAll")}
      </Button>
    </li>
  )
}

/** A cause without words of its own is said as the server says it. */
function useCauseText() {
  const { t, has } = useTexts()
  return (cause: string, reason: string) => {
    const id = `failedDeliveries.cause.${cause}`
    return cause !== "other" && has(id) ? t(id) : plain(reason)
  }
}

/** The kind of the error says nothing to the reader of this page. */
const plain = (reason: string) => reason.replace(/^\w*Error: /, "")

function Row({ delivery, isOfOne }: { delivery: FailedDelivery; isOfOne: boolean }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const causeText = useCauseText()
  const replay = useReplayDelivery(({ replayedAt, cause, reason }) =>
    replayedAt
      ? t("failedDeliveries.replayed")
      : t("failedDeliveries.failedAgain", { reason: causeText(cause, reason) }),
  )
  const connection = useQuery(connectionsQuery).data?.items.find(({ id }) => id === delivery.connectionId)
  const why = causeText(delivery.cause, delivery.reason)
  const facts = [
    when.full(delivery.createdAt),
    !isOfOne && connection?.name,
    t("failedDeliveries.tries", { count: delivery.tries }),
  ].filter((fact) => typeof fact === "string")
  const again = (what: string) => (
    <Button
      size="sm"
      disabled={replay.isPending}
      onClick={() => replay.mutate(delivery.id)}
      aria-label={`${t("failedDeliveries.replay")}: ${what}, ${when.full(delivery.createdAt)}`}
    >
      {t("failedDeliveries.replay")}
    </Button>
  )
  if (delivery.summary)
    return <FailedMail delivery={delivery} summary={delivery.summary} why={why} facts={facts} again={again} />
  return (
    <>
      <RowText title={why}>{facts.join(" · ")}</RowText>
      {again(why)}
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
