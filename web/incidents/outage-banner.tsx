import { TriangleAlert } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import type { BoardFilter, Outage } from "./incidents.ts"
import { useIncidentWords } from "./words-said.ts"

/** One cause explains many: said once, above all of them. */
export function OutageBanner({ outage, onSee }: { outage: Outage; onSee: (filter: BoardFilter) => void }) {
  const { t, language } = useTexts()
  const words = useIncidentWords()
  const { count, lately, share, trigger, carrier } = outage
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(share)
  return (
    <section
      aria-label={t("incident.outage")}
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded border border-red bg-red-soft px-4 py-3"
    >
      <TriangleAlert className="size-5 shrink-0 text-red" aria-hidden />
      <div className="min-w-0 grow basis-64">
        <h2 className="font-strong text-red">{t("incident.outage")}</h2>
        <p>{t("incident.outageText", { count, lately, share: percent, cause: words.cause(outage) })}</p>
      </div>
      <Button onClick={() => onSee({ trigger, ...(carrier && { carrier }) })}>{t("incident.outageSee")}</Button>
    </section>
  )
}
