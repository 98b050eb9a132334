import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { type Me, useChangeMe, useMe } from "../session/session-queries.ts"
import { SelectField } from "../ui/form-fields.tsx"

const afterClosingChoices = ["next", "stay", "list"] as const satisfies Me["afterClosing"][]

/** Kept by the server: it is the same wherever this person signs in. */
export function AfterClosingChoice() {
  const { t } = useTexts()
  const say = useProblemText()
  const { afterClosing } = useMe()
  const change = useChangeMe()
  return (
    <SelectField
      label={t("profile.afterClosing")}
      error={change.error ? say(change.error) : undefined}
      value={change.isPending ? change.variables.afterClosing : afterClosing}
      onChange={({ target }) => change.mutate({ afterClosing: target.value as Me["afterClosing"] })}
    >
      {afterClosingChoices.map((one) => (
        <option key={one} value={one}>
          {t(`profile.afterClosing.${one}`)}
        </option>
      ))}
    </SelectField>
  )
}
