import { useState } from "react"
import type { QuietHours } from "#notifications/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { CheckboxField, InputField } from "../ui/form-fields.tsx"

const night: QuietHours = { from: "22:00", to: "07:00" }

interface Props {
  stored: QuietHours | null
  change: (hours: QuietHours | null) => void
}

/** Kept when a field is left: on the way from one hour to another there are hours that nobody means. */
export function QuietHoursFields({ stored, change }: Props) {
  const { t } = useTexts()
  const [hours, setHours] = useState(stored ?? night)
  const wrong = {
    from: hours.from ? undefined : t("wrong.required"),
    to: !hours.to ? t("wrong.required") : hours.to === hours.from ? t("notificationChoices.sameHour") : undefined,
  }
  const isRight = !wrong.from && !wrong.to
  const isNew = hours.from !== stored?.from || hours.to !== stored.to
  const keep = () => {
    if (isRight && isNew) change(hours)
  }
  const field = (name: keyof QuietHours) => ({
    label: t(`notificationChoices.${name}`),
    type: "time",
    value: hours[name],
    error: wrong[name],
    onBlur: keep,
    onChange: ({ target }: { target: { value: string } }) => setHours({ ...hours, [name]: target.value }),
  })
  return (
    <div className="grid gap-2">
      <CheckboxField
        label={t("notificationChoices.quiet")}
        hint={t("notificationChoices.quietHint")}
        checked={stored !== null}
        onChange={({ target }) => change(target.checked ? (isRight ? hours : night) : null)}
      />
      {stored && (
        <div className="grid grid-cols-2 gap-3">
          <InputField {...field("from")} />
          <InputField {...field("to")} />
        </div>
      )}
    </div>
  )
}
