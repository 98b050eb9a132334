import { useTexts } from "../lib/language.tsx"

/** Which variables keep a text from being sent. */
export function UnresolvedVariables({ names }: { names: string[] }) {
  const { t } = useTexts()
  if (names.length === 0) return null
  return (
    <p role="alert" className="mt-1 text-sm text-amber">
      {t("macros.unresolved", { names: names.map((name) => `{{${name}}}`).join(", ") })}
    </p>
  )
}
