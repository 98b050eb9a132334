import { Check } from "lucide-react"
import { type ComponentProps, useEffect, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Badge } from "./badge.tsx"
import { Button } from "./button.tsx"
import { CheckboxField, InputField } from "./form-fields.tsx"

interface Props extends Omit<ComponentProps<typeof InputField>, "value" | "onChange"> {
  /** One is kept. */
  isSet: boolean
  /** "" leaves what is kept as it is, null takes it away. */
  value: string | null
  onChange: (value: string | null) => void
  /** It works without one, too. */
  isRemovable?: boolean
}

/** Goes in and never comes out again: what is kept can only be replaced, or taken away. */
export function SecretField({ isSet, value, onChange, isRemovable = false, ...field }: Props) {
  const { t } = useTexts()
  const { label } = field
  const [isReplacing, setReplacing] = useState(false)
  const [hasFocus, setHasFocus] = useState(false)
  // Saved or emptied: what is kept counts again.
  useEffect(() => {
    if (!value) setReplacing(false)
  }, [isSet, value])
  if (!isSet || isReplacing || value)
    return (
      <InputField
        minLength={8}
        type="password"
        autoComplete="new-password"
        spellCheck={false}
        autoFocus={isReplacing}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value)}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        {...field}
      />
    )
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-strong">{label}</span>
        <Badge tone="green">
          <Check aria-hidden />
          {t("secret.kept")}
        </Badge>
        <Button
          size="sm"
          autoFocus={hasFocus}
          disabled={value === null}
          onClick={() => setReplacing(true)}
          aria-label={`${t("secret.replace")}: ${label}`}
        >
          {t("secret.replace")}
        </Button>
      </div>
      {isRemovable && (
        <CheckboxField
          label={t("secret.remove")}
          aria-label={`${t("secret.remove")}: ${label}`}
          checked={value === null}
          onChange={({ target }) => onChange(target.checked ? null : "")}
        />
      )}
    </div>
  )
}
