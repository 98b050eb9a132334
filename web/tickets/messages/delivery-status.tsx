import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { useFailureText } from "../../channels/failure-text.ts"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { classNames } from "../../ui/class-names.ts"
import type { Message } from "./message-queries.ts"

const icons = { sending: Clock, queued: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck }

// As long as a report can still decide, the server refuses to send again what may have arrived.
const unknownForMs = 15 * 60_000

interface Props {
  message: Message
  channel: ChannelFeatures
  retry: () => void
  /** Only what never reached the server can be thrown away. */
  discard: (() => void) | undefined
  /** Nothing more is needed of it. */
  dismiss: () => void
  addAddress: (() => void) | undefined
  /** Whether a reply reaches anybody now. */
  isReachable: boolean
}

export function DeliveryStatus({ message, channel, retry, discard, dismiss, addAddress, isReachable }: Props) {
  const { delivery, sentAt } = message
  const { t } = useTexts()
  const words = useFailureWords(message, channel, discard !== undefined)
  const { now } = useTimeFormat().place
  if (delivery.state === "received") return null
  if (delivery.state in icons)
    return (
      <>
        <Tick state={delivery.state as keyof typeof icons} />
        <RefusedRecipients message={message} channel={channel} />
      </>
    )
  const isHere = discard !== undefined
  const isUnknown = delivery.state === "unknown"
  const Sign = isUnknown ? CircleHelp : CircleAlert
  const isUnreachable = delivery.state === "unreachable"
  const isReported = !isUnknown || isHere || now - Date.parse(sentAt) > unknownForMs
  // Of what nobody could get, the box below knows whether somebody can be reached now.
  const mayRetry = isUnreachable ? isReachable : delivery.canRetry && isReported
  return (
    <span className={classNames("flex flex-wrap items-center gap-1", isUnknown ? "text-amber" : "text-red")}>
      <span className="flex min-w-0 items-center gap-1">
        <Sign className="size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0">{words}</span>
      </span>
      {mayRetry && <Act name={t("action.retry")} onClick={retry} isFirst />}
      {isUnreachable && !isReachable && addAddress && (
        <Act name={t("unreachable.address")} onClick={addAddress} isFirst />
      )}
      {discard && <Act name={t("action.discard")} onClick={discard} />}
      {!isHere && !delivery.isDismissed && <Act name={t("delivery.dismiss")} onClick={dismiss} />}
    </span>
  )
}

/** Whom the mail server did not take, while it took others. */
function RefusedRecipients({ message: { recipients = [] }, channel }: Pick<Props, "message" | "channel">) {
  const { t } = useTexts()
  const failureText = useFailureText()
  const names = recipients.flatMap(({ address, failure }) =>
    failure ? `${address} (${failureText(failure, channel)})` : [],
  )
  if (names.length === 0) return null
  return (
    <span className="flex min-w-0 items-center gap-1 text-red">
      <CircleAlert className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">{t("delivery.refusedRecipients", { names: names.join("; ") })}</span>
    </span>
  )
}

function useFailureWords({ delivery, problem }: Message, channel: ChannelFeatures, isHere: boolean): string {
  const { t } = useTexts()
  const failureText = useFailureText()
  const say = useProblemText()
  if (delivery.state === "unreachable") return t("delivery.unreachable")
  if (delivery.state === "unknown") return t(isHere ? "delivery.unconfirmed" : "delivery.unknown")
  const known = delivery.reason ? failureText(delivery.reason, channel) : t("delivery.noReason")
  return t("delivery.failed", { reason: problem ? say(new Problem(problem.status, problem.body)) : known })
}

const Act = ({ name, onClick, isFirst = false }: { name: string; onClick: () => void; isFirst?: boolean }) => (
  <button
    type="button"
    className={classNames("min-h-6 px-1 underline underline-offset-2", isFirst && "font-strong")}
    onClick={onClick}
  >
    {name}
  </button>
)

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
