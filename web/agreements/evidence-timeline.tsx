import { formatSecond } from "../lib/formats/format-seconds.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { classNames } from "../ui/class-names.ts"
import type { Agreement, Evidence } from "./agreement-queries.ts"
import { evidenceRows, type Side } from "./evidence-rows.ts"
import { type EvidenceText, useEvidenceText } from "./evidence-text.ts"
import { SystemHeadings } from "./system-headings.tsx"

/** As many as the server gives at most. */
const most = 200

const columns = "md:grid md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)] md:gap-x-5"
const places: Record<Side, string> = {
  work: "md:col-start-1 rounded border border-line bg-raised px-3 py-2",
  hilo: "md:col-start-2 md:bg-surface md:px-2 md:text-center",
  record: "md:col-start-3 rounded border border-line bg-raised px-3 py-2",
}
const colours: Record<string, string> = {
  closed: "border-green",
  opened: "border-accent",
  open: "border-blue",
}

/** What both systems said, one at each side of the line, and between them what Hilo did; the newest last. */
export function EvidenceTimeline({ agreement }: { agreement: Agreement }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const say = useEvidenceText()
  const { evidence } = agreement
  return (
    <section aria-label={t("agreement.evidence")}>
      <h3 className="mb-3 text-lg font-strong">{t("agreement.evidence")}</h3>
      <SystemHeadings agreement={agreement} className={classNames("mb-3 max-md:grid max-md:gap-1", columns)} />
      {evidence.length >= most && (
        <p className="mb-2 text-sm text-muted">{t("agreement.oldestHidden", { count: most })}</p>
      )}
      <ol className="relative grid gap-2">
        <span aria-hidden className="absolute inset-y-2 left-1.5 w-px bg-edge md:left-1/2" />
        {evidenceRows(evidence, when.place).map((row) => (
          <li key={row.key} className="relative max-md:pl-6">
            {row.type === "day" && <Heading>{when.day(row.at)}</Heading>}
            {row.type === "cycle" && <Heading>{t("agreement.cycle", { cycle: row.cycle })}</Heading>}
            {row.type === "evidence" && <Item evidence={row.evidence} side={row.side} said={say(row.evidence)} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Heading({ children }: { children: string }) {
  return (
    <p className="py-1 text-xs font-strong text-muted md:text-center">
      <span className="bg-surface px-2 first-letter:uppercase max-md:px-0 inline-block">{children}</span>
    </p>
  )
}

function Item({ evidence, side, said }: { evidence: Evidence; side: Side; said: EvidenceText }) {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const { text, known, origin } = said
  const system = `agreement.system.${evidence.system}`
  return (
    <div className={classNames("items-center", columns)}>
      <span
        aria-hidden
        className={classNames(
          "absolute max-md:top-1.5 rounded-full md:col-start-2 md:row-start-1 md:justify-self-center",
          side === "hilo"
            ? "size-[5px] left-1 bg-edge md:hidden"
            : classNames("size-[13px] left-0 border-2 bg-surface md:static", colours[evidence.said] ?? "border-edge"),
        )}
      />
      <div className={classNames("min-w-0 md:row-start-1", places[side])}>
        <p dir="auto" className={classNames("break-words", side === "hilo" ? "text-sm text-muted" : "font-strong")}>
          {side !== "hilo" && (
            <span className="font-normal text-muted md:sr-only">{has(system) ? t(system) : evidence.system}: </span>
          )}
          {text}
        </p>
        {known.map((line) => (
          <p key={line} dir="auto" className="text-sm break-words">
            {line}
          </p>
        ))}
        <p className="text-xs break-words text-faint">
          <time dateTime={evidence.at} title={when.full(evidence.at)} className="tabular-nums">
            {formatSecond(evidence.at, when.place)}
          </time>
          {origin && ` · ${origin}`}
        </p>
      </div>
    </div>
  )
}
