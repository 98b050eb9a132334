import { useQuery } from "@tanstack/react-query"
import { TriangleAlert } from "lucide-react"
import { useState } from "react"
import { BulkResultDialog } from "../inbox/bulk/bulk-result-dialog.tsx"
import type { BulkResultRow } from "../inbox/bulk/bulk-change.ts"
import { numberFormat } from "../lib/formats/intl-formats.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { useMe } from "../session/session-queries.ts"
import { Button } from "../ui/button.tsx"
import { mostAtOnce, useBulkIncidentChange } from "./bulk/bulk-incident-change.ts"
import { fetchSelection, freeOfCauseQuery, type BoardFilter, type Outage } from "./incident-queries.ts"
import { useIncidentText } from "./incident-text.ts"

/** One cause explains many: said once, above all of them. */
export function OutageBanner({ outage, onSee }: { outage: Outage; onSee: (filter: BoardFilter) => void }) {
  const { t, language } = useTexts()
  const words = useIncidentText()
  const { count, lately, trigger, carrier, failureCode } = outage
  const filter = {
    trigger,
    ...(carrier && { carrier }),
    ...(failureCode !== null && { failureCode: String(failureCode) }),
  }
  const share = numberFormat(language, { style: "percent" }).format(outage.share)
  const cause = words.cause(outage)
  const isWhole = outage.cause !== null
  const title = t(isWhole ? "incident.outageWhole" : "incident.outage")
  return (
    <section
      aria-label={title}
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded border border-red bg-red-soft px-4 py-3"
    >
      <TriangleAlert className="size-5 shrink-0 text-red" aria-hidden />
      <div className="min-w-0 grow basis-64">
        <h2 className="font-strong text-red">{title}</h2>
        <p>
          {isWhole
            ? t("incident.outageWholeText", { cause })
            : t("incident.outageText", { count, lately, share, cause })}
        </p>
      </div>
      {!isWhole && <TakeAll filter={filter} />}
      <Button onClick={() => onSee(filter)}>{t("incident.outageSee")}</Button>
    </section>
  )
}

/** Of the cause, those that nobody has yet. */
function TakeAll({ filter }: { filter: BoardFilter }) {
  const { t } = useTexts()
  const me = useMe()
  const [outcome, setOutcome] = useState<BulkResultRow[]>()
  const free: BoardFilter = { ...filter, assignedTo: "unassigned" }
  const { data } = useQuery(freeOfCauseQuery(free))
  const bulk = useBulkIncidentChange((rows) => rows.some(({ ok }) => !ok) && setOutcome(rows))
  const take = useAct({
    run: () => fetchSelection(free),
    done: ({ items }) => {
      if (items.length > 0) bulk.mutate({ incidents: items, change: { assignment: { agentId: me.id } } })
    },
  })
  const count = Math.min(data?.total ?? 0, mostAtOnce)
  return (
    <>
      {count > 0 && (
        <Button look="primary" disabled={take.isPending || bulk.isPending} onClick={() => take.mutate()}>
          {t("incident.takeAll", { count })}
        </Button>
      )}
      {outcome && <BulkResultDialog rows={outcome} onClose={() => setOutcome(undefined)} />}
    </>
  )
}
