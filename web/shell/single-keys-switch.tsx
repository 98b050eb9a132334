import { setSingleKeyShortcuts, useSingleKeyShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useTexts } from "../lib/language.tsx"
import { CheckboxField } from "../ui/form-fields.tsx"

export function SingleKeysSwitch() {
  const { t } = useTexts()
  const isOn = useSingleKeyShortcuts()
  return (
    <CheckboxField
      label={t("shortcuts.enabled")}
      hint={t("shortcuts.enabledHint")}
      checked={isOn}
      onChange={(event) => setSingleKeyShortcuts(event.target.checked)}
    />
  )
}
