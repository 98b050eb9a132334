import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { Badge } from "../../ui/badge.tsx"
import { MacroForm } from "./macro-form.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { EntityListPage } from "../entity-list-page.tsx"

export function MacrosPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<Macro>
      path="macros"
      title={t("settings.macros")}
      intro={t("macros.intro")}
      newText={t("macros.new")}
      nameOf={({ name }) => name}
      mayChange={({ can }) => can.includes("edit")}
      Row={Row}
      Form={MacroForm}
    />
  )
}

function Row({ item: macro }: { item: Macro }) {
  const { t } = useTexts()
  return (
    <RowText
      title={
        <>
          <span className="min-w-0 break-words">{macro.name}</span>
          <Badge>{t(`entity.sharedWith.${macro.visibility}`)}</Badge>
        </>
      }
    >
      {t("macros.actionCount", { count: macro.actions.length })}
      {macro.reply && <span className="line-clamp-1">{macro.reply.content}</span>}
    </RowText>
  )
}
