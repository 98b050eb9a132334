import { CircleAlert, CircleCheck, CircleDashed, RotateCw, TriangleAlert, type LucideIcon } from "lucide-react"
import { formatCountdown } from "../lib/formats/format-seconds.ts"
import { useTexts } from "../lib/language.tsx"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { classNames } from "../ui/class-names.ts"
import type { Agreement } from "./agreement-queries.ts"
import { timeLeft } from "./next-step.ts"

const looks: Record<Agreement["state"], [icon: LucideIcon, colours: string]> = {
  agreed_open: [CircleDashed, "bg-hover text-muted"],
  awaiting: [RotateCw, "bg-amber-soft text-amber"],
  acting: [RotateCw, "bg-blue-soft text-blue"],
  disagreed: [CircleAlert, "bg-red-soft text-red"],
  escalated: [TriangleAlert, "bg-red-soft text-red"],
  agreed_closed: [CircleCheck, "bg-green-soft text-green"],
}

interface Props {
  agreement: Agreement
  now: number
  /** Hilo only says what it would do. */
  isShadow: boolean
}

/** How long until it is reopened, second by second; without a window the sign of its state. */
export function CountdownBox({ agreement, now, isShadow }: Props) {
  const { t } = useTexts()
  const { locale } = useTimeFormat().place
  const left = timeLeft(agreement, now)
  const [Icon, colours] = looks[agreement.state]
  return (
    <span
      className={classNames(
        "flex min-h-12 w-24 shrink-0 flex-col items-center justify-center rounded px-1 text-center tabular-nums",
        colours,
      )}
    >
      {left === null ? (
        <Icon className="size-5" aria-hidden />
      ) : (
        <>
          <span className="text-xs leading-tight">{t(isShadow ? "agreement.leftInShadow" : "agreement.left")} </span>
          <span className="text-lg leading-tight font-strong">{formatCountdown(left, locale)}</span>
        </>
      )}
    </span>
  )
}
