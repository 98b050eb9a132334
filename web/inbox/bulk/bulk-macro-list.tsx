import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { macrosQuery } from "../../macros/macro-queries.ts"
import { MenuItem, MenuLabel } from "../../ui/menu.tsx"

/** The macros that do something: a text alone has nowhere to go here. */
export function BulkMacroList({ onChoose }: { onChoose: (macro: Macro) => void }) {
  const { t } = useTexts()
  const macros = (useQuery(macrosQuery).data?.items ?? []).filter(({ actions }) => actions.length > 0)
  if (macros.length === 0) return <MenuLabel>{t("macros.noneOnMany")}</MenuLabel>
  return (
    <>
      <MenuLabel>{t("macros.onManyText")}</MenuLabel>
      {macros.map((macro) => (
        <MenuItem key={macro.id} onSelect={() => onChoose(macro)}>
          {macro.name}
        </MenuItem>
      ))}
    </>
  )
}
