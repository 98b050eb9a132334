import { useState } from "react"
import { dateFormat } from "../../lib/formats/intl-formats.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { MenuItem } from "../../ui/menu.tsx"
import { instantOf, snoozeOptions, snoozeUntil } from "./snooze-times.ts"

interface Props {
  /** An instant, ISO 8601. */
  onChoose: (until: string) => void
  onDate: () => void
}

/** The usual times, and one's own. `onDate` opens `SnoozeDate`, which must outlive the menu. */
export function SnoozeChoices({ onChoose, onDate }: Props) {
  const { t } = useTexts()
  const { locale, timezone } = useTimeFormat().place
  const says = dateFormat(locale, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timezone && { timeZone: timezone }),
  })
  return (
    <>
      {snoozeOptions.map((choice) => {
        const until = snoozeUntil(choice, new Date(), timezone)
        return (
          <MenuItem key={choice} onSelect={() => onChoose(until.toISOString())}>
            <span className="grow">{t(`snooze.${choice}`)}</span>
            <span className="text-xs text-faint tabular-nums">{says.format(until)}</span>
          </MenuItem>
        )
      })}
      <MenuItem onSelect={onDate}>{t("snooze.date")}</MenuItem>
    </>
  )
}

export function SnoozeDate({ onChoose, onClose }: { onChoose: (until: string) => void; onClose: () => void }) {
  const { t } = useTexts()
  const { now, timezone } = useTimeFormat().place
  const [text, setText] = useState("")
  const at = text ? instantOf(new Date(text), timezone) : new Date(now)
  const isPast = text !== "" && at.getTime() <= now
  const go = () => {
    onChoose(at.toISOString())
    onClose()
  }
  return (
    <FormDialog
      title={t("snooze.title")}
      go={t("snooze.go")}
      isReady={text !== "" && !isPast}
      onSubmit={go}
      onClose={onClose}
    >
      <InputField
        label={t("snooze.until")}
        type="datetime-local"
        autoFocus
        value={text}
        error={isPast ? t("snooze.past") : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    </FormDialog>
  )
}
