import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { InputField, SelectField, TextAreaField } from "../../../ui/form-fields.tsx"
import type { ChatFields } from "./chat-form-values.ts"
import { ColourFields } from "./colour-field.tsx"
import { LogoField } from "./logo-field.tsx"

/** How visitors see the chat. */
export function LookFields({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <InputField
        label={t("webChat.title")}
        hint={t("webChat.titleHint")}
        aside={t("field.optional")}
        maxLength={60}
        error={fieldError("settings.title")}
        value={form.title}
        onChange={({ target }) => change({ title: target.value })}
      />
      <LogoField {...{ form, change, error }} />
      <ColourFields {...{ form, change, error }} />
      <TextAreaField
        label={t("connections.greeting")}
        hint={t("connections.greetingHint")}
        aside={t("field.optional")}
        maxLength={2000}
        rows={2}
        error={fieldError("greeting")}
        value={form.greeting}
        onChange={({ target }) => change({ greeting: target.value })}
      />
      <SelectField
        label={t("webChat.position")}
        hint={t("webChat.positionHint")}
        error={fieldError("settings.position")}
        value={form.position}
        onChange={({ target }) => change({ position: target.value })}
      >
        <option value="right">{t("webChat.position.right")}</option>
        <option value="left">{t("webChat.position.left")}</option>
      </SelectField>
    </>
  )
}
