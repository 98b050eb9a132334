import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { macrosQuery } from "../../macros/macro-queries.ts"
import { MenuItem, MenuLabel } from "../../ui/menu.tsx"

interface Props {
  /** Whether the macro is for any of the tickets, and for how many if not for all. */
  shareOf: (macro: Macro) => { isFor: boolean; share: ReactNode }
  onChoose: (macro: Macro) => void
}

/** The macros that do something: a text alone has nowhere to go here. */
export function BulkMacroList({ shareOf, onChoose }: Props) {
  const { t } = useTexts()
  const macros = (useQuery(macrosQuery).data?.items ?? []).filter(
    (macro) => macro.actions.length > 0 && shareOf(macro).isFor,
  )
  if (macros.length === 0) return <MenuLabel>{t("macros.noneOnMany")}</MenuLabel>
  return (
    <>
      <MenuLabel>{t("macros.onManyText")}</MenuLabel>
      {macros.map((macro) => (
        <MenuItem key={macro.id} aside={shareOf(macro).share} onSelect={() => onChoose(macro)}>
          {macro.name}
        </MenuItem>
      ))}
    </>
  )
}
