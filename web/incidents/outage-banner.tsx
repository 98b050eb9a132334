import { TriangleAlert } from "lucide-react"
import { numberFormat } from "../lib/formats/intl-formats.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import type { BoardFilter, Outage } from "./incident-queries.ts"
import { useIncidentText } from "./incident-text.ts"

/** One cause explains many: said once, above all of them. */
export function OutageBanner({ outage, onSee }: { outage: Outage; onSee: (filter: BoardFilter) => void }) {
  const { t, language } = useTexts()
  const words = useIncidentText()
  const { count, lately, trigger, carrier } = outage
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
      <Button onClick={() => onSee({ trigger, ...(carrier && { carrier }) })}>{t("incident.outageSee")}</Button>
    </section>
  )
}
