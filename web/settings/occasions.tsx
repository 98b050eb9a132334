import { useTexts } from "../lib/language.tsx"
import { occasions, type Occasion } from "../macros/macro.ts"
import { Check } from "../ui/field.tsx"

/** Where a macro is offered; nowhere keeps it for the bulk bar alone. */
export function Occasions({ value, onChange }: { value: Occasion[]; onChange: (value: Occasion[]) => void }) {
  const { t } = useTexts()
  return (
    <fieldset>
      <legend className="text-sm font-strong">{t("macros.usable")}</legend>
      {occasions.map((one) => (
        <Check
          key={one}
          label={t(`macros.usable.${one}`)}
          checked={value.includes(one)}
          onChange={({ target }) =>
            onChange(occasions.filter((other) => (other === one ? target.checked : value.includes(other))))
          }
        />
      ))}
    </fieldset>
  )
}
