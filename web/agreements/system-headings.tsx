import { formatSecondOrDay } from "../lib/formats/format-seconds.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import type { Agreement } from "./agreement-queries.ts"
import { sideOf } from "./evidence-rows.ts"

/** What each side calls it, and how it stands there. */
export function SystemHeadings({ agreement, className }: { agreement: Agreement; className: string }) {
  const { t } = useTexts()
  const { place } = useTimeFormat()
  const { splynxTicketId, numeroTicketGr, grClosedAt, evidence } = agreement
  const lastOfWork = evidence.findLast((one) => sideOf(one) === "work")
  const workClosedAt = lastOfWork?.said === "closed" ? lastOfWork.at : null
  const status = (closedAt: string | null) =>
    closedAt === null
      ? t("agreement.openSince")
      : t("agreement.closedSince", { when: formatSecondOrDay(closedAt, place.now, place) })
  return (
    <div className={className}>
      <Heading
        name={`${t("agreement.system.splynx")} ${splynxTicketId ?? ""}`}
        status={splynxTicketId === null ? t("agreement.notOpened") : status(workClosedAt)}
      />
      <p className="text-center font-strong max-md:hidden">{t("agreement.system.hilo")}</p>
      <Heading name={`${t("agreement.system.gestionreal")} ${numeroTicketGr ?? ""}`} status={status(grClosedAt)} />
    </div>
  )
}

const Heading = ({ name, status }: { name: string; status: string }) => (
  <p className="min-w-0 break-words">
    <span className="font-strong tabular-nums">{name}</span> <span className="text-muted">· {status}</span>
  </p>
)
