import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useNow } from "../lib/use-now.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import type { Agreement } from "./agreement-queries.ts"
import { useAgreementTexts } from "./agreement-texts.ts"
import { CountdownBox } from "./countdown-box.tsx"
import { StateBadges } from "./state-badges.tsx"

export function AgreementRow({ agreement, isShadow }: { agreement: Agreement; isShadow: boolean }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const now = useNow(agreement.deadline)
  const say = useAgreementTexts()
  const { id, subject, company, ticketNumber, splynxTicketId, numeroTicketGr, updatedAt } = agreement
  const about = [
    splynxTicketId && `${t("agreement.system.splynx")} ${splynxTicketId}`,
    numeroTicketGr && `${t("agreement.system.gestionreal")} ${numeroTicketGr}`,
    company && say.business(company),
  ]
  return (
    <Link
      data-row
      to="/agreements/$id"
      params={{ id }}
      className="flex min-h-[76px] items-center gap-3 px-3 py-2 -outline-offset-2 hover:bg-hover max-md:flex-wrap"
    >
      <CountdownBox agreement={agreement} now={now} isShadow={isShadow} />
      <span className="grid min-w-0 grow basis-0 gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="min-w-0 font-strong break-words">
            {subject}
          </span>
          <StateBadges agreement={agreement} />
        </span>
        <span className="text-sm break-words">{say.nextStep(agreement, now, isShadow)}</span>
        <span dir="auto" className="text-xs break-words text-muted tabular-nums">
          {about.filter(Boolean).join(" · ")}
        </span>
      </span>
      <span className="grid shrink-0 justify-items-end gap-0.5 text-xs text-faint tabular-nums max-md:flex max-md:w-full max-md:flex-wrap max-md:justify-between">
        <span dir="auto" className="max-w-48 truncate text-muted">
          {say.operator(agreement)}
        </span>
        <time dateTime={updatedAt} title={when.full(updatedAt)}>
          {when.short(updatedAt)}
        </time>
        <span>{ticketNumber}</span>
      </span>
    </Link>
  )
}
