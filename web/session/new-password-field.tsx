import type { ComponentProps } from "react"
import { useTexts } from "../lib/language.tsx"
import { InputField } from "../ui/form-fields.tsx"

type Props = Omit<ComponentProps<typeof InputField>, "hint" | "type" | "autoComplete" | "minLength" | "required">

/** Where somebody chooses a password: what it must be is said before. */
export function NewPassword(props: Props) {
  const { t } = useTexts()
  return (
    <InputField
      hint={t("field.passwordHint")}
      type="password"
      autoComplete="new-password"
      minLength={10}
      required
      {...props}
    />
  )
}
