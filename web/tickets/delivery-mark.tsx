import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react"
import { Problem } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { useWhen } from "../lib/when.ts"
import type { Message } from "./messages.ts"

const icons = { sending: Clock, queued: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck }

// As long as a report can still tell, the server refuses to send again what may have arrived.
const unknownForMs = 15 * 60_000

interface Props {
  message: Message
  retry: () => void
  /** Only what never reached the server can be thrown away. */
  discard: (() => void) | undefined
}

export function DeliveryMark({ message: { delivery, problem, sentAt }, retry, discard }: Props) {
  const { t, has } = useTexts()
  const say = usePlainProblem()
  const { now } = useWhen().place
  if (!delivery || delivery.state === "received") return null
  if (delivery.state in icons) return <Tick state={delivery.state as keyof typeof icons} />
  const isHere = discard !== undefined
  const isUnknown = delivery.state === "unknown"
  const failure = `failure.${delivery.reason ?? ""}`
  const reason = problem
    ? say(new Problem(problem.status, problem.body))
    : has(failure)
      ? t(failure)
      : delivery.reason || t("delivery.noReason")
  const words = !isUnknown ? t("delivery.failed", { reason }) : t(isHere ? "delivery.unconfirmed" : "delivery.unknown")
  const Sign = isUnknown ? CircleHelp : CircleAlert
  const mayRetry = delivery.canRetry && (!isUnknown || isHere || now - Date.parse(sentAt) > unknownForMs)
  return (
    <span
      className={
        isUnknown ? "flex flex-wrap items-center gap-1 text-amber" : "flex flex-wrap items-center gap-1 text-red"
      }
    >
      <Sign className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0">{words}</span>
      {mayRetry && (
        <button type="button" className="min-h-6 px-1 font-strong underline underline-offset-2" onClick={retry}>
          {t("action.retry")}
        </button>
      )}
      {discard && (
        <button type="button" className="min-h-6 px-1 underline underline-offset-2" onClick={discard}>
          {t("action.discard")}
        </button>
      )}
    </span>
  )
}

function Tick({ state }: { state: keyof typeof icons }) {
  const { t } = useTexts()
  const Icon = icons[state]
  const label = t(`delivery.${state}`)
  return (
    <span title={label} className={state === "read" ? "text-accent-strong" : undefined}>
      <Icon className="size-3.5" role="img" aria-label={label} />
    </span>
  )
}
