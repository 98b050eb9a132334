import type { ComponentProps } from "react"
import { useTexts } from "../lib/language.tsx"
import { Field } from "../ui/field.tsx"

type Props = Omit<ComponentProps<typeof Field>, "hint" | "type" | "autoComplete" | "minLength" | "required">

/** Where somebody chooses a password: what it must be is said before. */
export function NewPassword(props: Props) {
  const { t } = useTexts()
  return (
    <Field
      hint={t("field.passwordHint")}
      type="password"
      autoComplete="new-password"
      minLength={10}
      required
      {...props}
    />
  )
}
