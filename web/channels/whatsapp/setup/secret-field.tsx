import { Check } from "lucide-react"
import { useEffect, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Badge } from "../../../ui/badge.tsx"
import { Button } from "../../../ui/button.tsx"
import { InputField } from "../../../ui/form-fields.tsx"
import type { SecretName } from "./number-form-values.ts"

interface Props {
  secret: SecretName
  formId: string
  isSet: boolean
  value: string
  onChange: (event: { target: { value: string } }) => void
  error: unknown
}

/** Goes in and never comes out again: what is kept can only be replaced. */
export function SecretField({ secret, formId, isSet, value, onChange, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const [isReplacing, setReplacing] = useState(false)
  const label = t(`whatsapp.${secret}`)
  useEffect(() => setReplacing(false), [isSet])
  const isProposed = secret === "verifyToken"
  if (isSet && !isReplacing && !value)
    return (
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm font-strong">{label}</span>
        <Badge tone="green">
          <Check aria-hidden />
          {t("whatsapp.kept")}
        </Badge>
        <Button size="sm" onClick={() => setReplacing(true)} aria-label={`${t("whatsapp.replace")}: ${label}`}>
          {t("whatsapp.replace")}
        </Button>
      </div>
    )
  return (
    <InputField
      label={label}
      hint={t(`whatsapp.${secret}Hint`)}
      form={formId}
      required
      minLength={8}
      maxLength={1000}
      type={isProposed ? "text" : "password"}
      autoComplete={isProposed ? "off" : "new-password"}
      spellCheck={false}
      autoFocus={isReplacing}
      error={fieldError(`settings.${secret}`)}
      value={value}
      onChange={onChange}
    />
  )
}
