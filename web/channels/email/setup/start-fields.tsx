import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { InputField, SelectField } from "../../../ui/form-fields.tsx"
import type { FieldProps } from "./server-fields.tsx"

/** What is taken from the mailbox: of which folder, and from when on. */
export function StartFields({ isNew, form, change, error }: FieldProps & { isNew: boolean }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <>
      <InputField
        label={t("mailbox.folder")}
        hint={t("mailbox.folderHint")}
        maxLength={200}
        spellCheck={false}
        error={fieldError("settings.folder")}
        value={form.folder}
        onChange={({ target }) => change({ folder: target.value })}
      />
      {isNew && (
        <SelectField
          label={t("mailbox.start")}
          value={form.startFrom}
          onChange={({ target }) => change({ startFrom: target.value })}
        >
          <option value="now">{t("mailbox.start.now")}</option>
          <option value="days">{t("mailbox.start.days")}</option>
        </SelectField>
      )}
      {isNew && form.startFrom === "days" && (
        <InputField
          label={t("mailbox.startDays")}
          hint={t("mailbox.startDaysHint")}
          type="number"
          min={1}
          max={365}
          required
          error={fieldError("settings.start.days")}
          value={form.startDays}
          onChange={({ target }) => change({ startDays: target.value })}
        />
      )}
    </>
  )
}
