import { useTexts } from "../../lib/language.tsx"
import { usableWhenOptions, type UsableWhen } from "../../macros/macro-types-and-variables.ts"
import { CheckboxField } from "../../ui/form-fields.tsx"

/** Where a macro is offered; nowhere keeps it for the bulk bar alone. */
export function UsableWhenChoice({
  value,
  onChange,
}: {
  value: UsableWhen[]
  onChange: (value: UsableWhen[]) => void
}) {
  const { t } = useTexts()
  return (
    <fieldset>
      <legend className="text-sm font-strong">{t("macros.usable")}</legend>
      {usableWhenOptions.map((one) => (
        <CheckboxField
          key={one}
          label={t(`macros.usable.${one}`)}
          checked={value.includes(one)}
          onChange={({ target }) =>
            onChange(usableWhenOptions.filter((other) => (other === one ? target.checked : value.includes(other))))
          }
        />
      ))}
    </fieldset>
  )
}
