import { Link } from "@tanstack/react-router"
import type { ImportOutcome } from "#incidents/carriers/api-contract.ts"
import { numberFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { importLineError } from "./import-line-error.ts"

/** What became of a file: how many lines of what, and what is wrong with which line. */
export function ImportReport({ name, report }: { name: string; report: ImportOutcome }) {
  const { t, language } = useTexts()
  const number = numberFormat(language)
  const counts = [
    [t("incident.lines"), report.lines],
    [t("incident.stored"), report.stored],
    [t("incident.known"), report.known],
    [t("incident.wrong"), report.errorCount],
  ] as const
  return (
    <section role="status" aria-label={t("incident.report", { name })} className="mt-6 grid gap-4">
      <h3 dir="auto" className="text-lg font-strong break-words">
        {t("incident.report", { name })}
      </h3>
      <dl className="grid grid-cols-4 gap-2 max-md:grid-cols-2">
        {counts.map(([label, count]) => (
          <div key={label} className="rounded border border-line px-3 py-2">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="text-xl tabular-nums">{number.format(count)}</dd>
          </div>
        ))}
      </dl>
      <Errors report={report} />
      {report.unknownWords.length > 0 && <Unknown words={report.unknownWords} />}
    </section>
  )
}

function Errors({ report: { errors, errorCount } }: { report: ImportOutcome }) {
  const { t } = useTexts()
  if (errors.length === 0) return <p className="text-green">{t("incident.allWell")}</p>
  return (
    <div className="grid gap-1">
      <h4 className="font-strong text-red">{t("incident.wrong")}</h4>
      {errorCount > errors.length && (
        <p className="text-sm text-muted">{t("incident.shownErrors", { shown: errors.length, total: errorCount })}</p>
      )}
      <ul
        className="max-h-80 overflow-y-auto rounded border border-line text-sm"
        tabIndex={0}
        aria-label={t("incident.wrong")}
      >
        {errors.map(({ line, message }, index) => (
          <li key={index} className="flex gap-3 border-line px-3 py-1.5 not-last:border-b">
            <span className="w-20 shrink-0 text-muted tabular-nums">{t("incident.line", { line })}</span>
            <span className="min-w-0 break-words">
              <Wrong message={message} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Wrong({ message }: { message: string }) {
  const { t } = useTexts()
  const { id, column } = importLineError(message)
  return id ? t(id, { column }) : message
}

function Unknown({ words }: { words: string[] }) {
  const { t } = useTexts()
  return (
    <div className="grid gap-2 rounded border border-line bg-amber-soft p-4">
      <h4 className="font-strong text-amber">{t("incident.unknownFound")}</h4>
      <p className="text-sm">{t("incident.unknownFoundText")}</p>
      <ul className="flex flex-wrap gap-2">
        {words.map((word) => (
          <li key={word} dir="auto" className="rounded border border-line bg-raised px-2 py-0.5 text-sm break-all">
            {word}
          </li>
        ))}
      </ul>
      <div>
        <Button asChild>
          <Link to="/incidents/status-mapping">{t("incident.toStatusMapping")}</Link>
        </Button>
      </div>
    </div>
  )
}
