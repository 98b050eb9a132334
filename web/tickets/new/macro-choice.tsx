import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { macrosQuery } from "../../macros/macro-queries.ts"
import { SelectField } from "../../ui/form-fields.tsx"

interface Props {
  macro: Macro | undefined
  onChange: (macro: Macro | undefined) => void
}

/** What is looked at and applied as soon as the ticket is open. */
export function MacroChoice({ macro, onChange }: Props) {
  const { t } = useTexts()
  const macros = (useQuery(macrosQuery).data?.items ?? []).filter(({ usableWhen }) => usableWhen.includes("new"))
  if (macros.length === 0) return null
  return (
    <SelectField
      label={t("macros.atOpening")}
      value={macro?.id ?? ""}
      onChange={({ target }) => onChange(macros.find(({ id }) => id === target.value))}
    >
      <option value="">{t("details.none")}</option>
      {macros.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
