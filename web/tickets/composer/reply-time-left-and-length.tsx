import { Clock } from "lucide-react"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { numberFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { classNames } from "../../ui/class-names.ts"

/** How long one may still write freely. */
interface TimeLeftProps {
  minutes: number
  isSoon: boolean
  closesAt: string
  channel: ChannelFeatures
}

export function ReplyTimeLeft({ minutes, isSoon, closesAt, channel }: TimeLeftProps) {
  const { t } = useTexts()
  const when = useTimeFormat()
  return (
    <span
      title={t("window.closesAt", { when: when.full(closesAt), channel: t(channel.name) })}
      className={classNames(
        "flex shrink-0 items-center gap-1 text-xs tabular-nums",
        isSoon ? "text-amber" : "text-muted",
      )}
    >
      <Clock className="size-3.5" aria-hidden />
      {t("window.left", { duration: when.duration(minutes) })}
    </span>
  )
}

/** Said when it begins to matter, before the channel refuses. */
export function LengthCounter({ length, longest }: { length: number; longest: number | null }) {
  const { t, language } = useTexts()
  if (longest === null || length < longest * 0.8) return null
  const number = numberFormat(language)
  const over = length - longest
  return (
    <span
      role="status"
      className={classNames("shrink-0 text-xs tabular-nums", over > 0 ? "font-strong text-red" : "text-muted")}
    >
      {over > 0
        ? t("window.tooLong", { count: number.format(over) })
        : `${number.format(length)} / ${number.format(longest)}`}
    </span>
  )
}
