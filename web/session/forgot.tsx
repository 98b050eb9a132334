import { useTexts } from "../lib/language.tsx"
import { useTitle } from "../lib/title.ts"
import { LinkForm } from "../my/ask-link.tsx"
import { Doorway } from "./doorway.tsx"

export function Forgot() {
  const { t } = useTexts()
  useTitle(t("forgot.title"))
  return (
    <Doorway title={t("forgot.title")}>
      <div className="grid gap-4">
        <LinkForm intro={t("forgot.intro")} />
        <p className="text-sm text-faint">{t("forgot.admin")}</p>
      </div>
    </Doorway>
  )
}
