import { useQuery } from "@tanstack/react-query"
import { useNavigate, useSearch } from "@tanstack/react-router"
import { numberFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { EmptyState, NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { type AgreementSummary, agreementSummaryQuery } from "./agreement-summary-query.ts"
import { periods, readReportPeriod } from "./report-period.ts"

/** How often tickets were reopened, whose they were and why they had come, and how long two systems took to agree. */
export function AgreementReportPage() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { days = 30 } = readReportPeriod(useSearch({ strict: false }))
  const query = useQuery(agreementSummaryQuery(days))
  const choose = (text: string) =>
    void navigate({ to: "/agreements/report", search: readReportPeriod({ days: text }), replace: true })
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <p className="min-w-0 grow basis-64 text-muted">{t("agreementReport.intro")}</p>
        <div className="w-44">
          <SelectField label={t("agreementReport.period")} value={days} onChange={({ target }) => choose(target.value)}>
            {periods.map((period) => (
              <option key={period} value={period}>
                {t("agreementReport.days", { days: period })}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
      {query.data ? (
        <Report summary={query.data} />
      ) : (
        <NotLoaded query={query}>
          <Skeleton className="h-96" />
        </NotLoaded>
      )}
    </>
  )
}

function Report({ summary }: { summary: AgreementSummary }) {
  const { t } = useTexts()
  const { opened, closed, reopened, byOperator, byMotive } = summary
  if (opened + closed + reopened === 0)
    return (
      <div className="h-64">
        <EmptyState title={t("agreementReport.empty")} text={t("agreementReport.emptyText")} />
      </div>
    )
  const operators = byOperator.map(({ number, name, reopened: count }) => ({
    name: name ?? (number === null ? t("agreementReport.nobody") : t("agreementReport.operatorNumber", { number })),
    note: name === null || number === null ? "" : t("agreementReport.number", { number }),
    count,
  }))
  const motives = byMotive.map(({ motive, reopened: count }) => ({
    name: motive || t("agreementReport.noMotive"),
    note: "",
    count,
  }))
  return (
    <>
      <Figures summary={summary} />
      <div className="mt-6 grid grid-cols-2 items-start gap-6 max-md:grid-cols-1">
        <Reopenings title={t("agreementReport.byOperator")} column={t("agreementReport.operator")} rows={operators} />
        <Reopenings title={t("agreementReport.byMotive")} column={t("agreementReport.motive")} rows={motives} />
      </div>
    </>
  )
}

function Figures({ summary }: { summary: AgreementSummary }) {
  const { t, language } = useTexts()
  const { duration } = useTimeFormat()
  const { opened, closed, reopened, escalated, meanMinutesToAgreement: minutes } = summary
  const count = numberFormat(language)
  const figures = [
    ["reopened", count.format(reopened)],
    ["escalated", count.format(escalated)],
    ["meanTime", minutes === null ? "–" : duration(minutes)],
    ["opened", count.format(opened)],
    ["closed", count.format(closed)],
  ] as const
  return (
    <dl className="grid grid-cols-5 gap-2 max-md:grid-cols-2">
      {figures.map(([name, value]) => (
        <div key={name} className="rounded border border-line px-3 py-2">
          <dt className="text-sm text-muted">{t(`agreementReport.${name}`)}</dt>
          <dd className="text-xl tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface TableProps {
  title: string
  column: string
  rows: { name: string; note: string; count: number }[]
}

/** Each with its share of the most. */
function Reopenings({ title, column, rows }: TableProps) {
  const { t, language } = useTexts()
  const most = Math.max(...rows.map(({ count }) => count))
  const count = numberFormat(language)
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="mb-2 text-lg font-strong">{title}</h2>
      {rows.length === 0 && <p className="text-muted">{t("agreementReport.neverReopened")}</p>}
      {rows.length > 0 && (
        <table className="w-full border-t border-line">
          <thead>
            <tr className="text-left text-sm text-muted">
              <th className="h-8 font-normal">{column}</th>
              <th className="w-24 text-right font-normal">{t("agreementReport.reopenings")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.name} ${row.note}`} className="border-t border-line">
                <td className="py-1.5 pr-3">
                  <span dir="auto" className="block break-words">
                    {row.name} {row.note && <span className="text-sm text-muted">{row.note}</span>}
                  </span>
                  <span
                    aria-hidden
                    className="mt-1 block h-1 rounded bg-accent"
                    style={{ width: `${(100 * row.count) / most}%` }}
                  />
                </td>
                <td className="text-right align-top leading-8 tabular-nums">{count.format(row.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
