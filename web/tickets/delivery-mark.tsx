import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import type { Message } from "./messages.ts"

const icons = {
  sending: Clock,
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  unknown: CircleHelp,
}

interface Props {
  delivery: Message["delivery"]
  retry: () => void
  /** Only what never reached the server can be thrown away. */
  discard: (() => void) | undefined
}

export function DeliveryMark({ delivery, retry, discard }: Props) {
  const { t, has } = useTexts()
  const failure = `failure.${delivery?.reason ?? ""}`
  const reason = has(failure) ? t(failure) : delivery?.reason || t("delivery.noReason")
  if (!delivery || delivery.state === "received") return null
  if (delivery.state === "failed")
    return (
      <span className="flex flex-wrap items-center gap-1 text-red">
        <CircleAlert className="size-3.5" aria-hidden />
        {t("delivery.failed", { reason })}
        <button type="button" className="min-h-6 px-1 font-strong underline underline-offset-2" onClick={retry}>
          {t("action.retry")}
        </button>
        {discard && (
          <button type="button" className="min-h-6 px-1 underline underline-offset-2" onClick={discard}>
            {t("action.discard")}
          </button>
        )}
      </span>
    )
  const state = delivery.state in icons ? (delivery.state as keyof typeof icons) : "unknown"
  const Icon = icons[state]
  const label = t(`delivery.${state}`)
  return (
    <span title={label} className={state === "read" ? "text-accent-strong" : undefined}>
      <Icon className="size-3.5" role="img" aria-label={label} />
    </span>
  )
}
