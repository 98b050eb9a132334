import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { InputField, SelectField } from "../../../ui/form-fields.tsx"
import type { MailboxForm } from "./mailbox-form-values.ts"
import { securities } from "./provider-presets.ts"

export type FieldProps = {
  form: MailboxForm
  change: (part: Partial<MailboxForm>) => void
  error: unknown
}

/** Where mails are read, or where they are handed in to be sent. */
export function ServerFields({ way, form, change, error }: FieldProps & { way: "imap" | "smtp" }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const bind = (part: "Host" | "Port" | "Security") => ({
    value: form[`${way}${part}`],
    onChange: ({ target }: { target: { value: string } }) => change({ ...form, [`${way}${part}`]: target.value }),
  })
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)_96px_minmax(0,208px)] gap-x-4 gap-y-2 max-md:grid-cols-[96px_minmax(0,1fr)]">
      <legend className="mb-1 font-strong">{t(way === "imap" ? "mailbox.receiving" : "mailbox.sending")}</legend>
      <div className="max-md:col-span-2">
        <InputField
          label={t("mailbox.host")}
          required
          maxLength={253}
          placeholder={`${way}.example.com`}
          spellCheck={false}
          autoCapitalize="none"
          error={fieldError(`settings.${way}.host`)}
          {...bind("Host")}
        />
      </div>
      <InputField
        label={t("mailbox.port")}
        type="number"
        min={1}
        max={65_535}
        required
        error={fieldError(`settings.${way}.port`)}
        {...bind("Port")}
      />
      <SelectField label={t("mailbox.security")} error={fieldError(`settings.${way}.security`)} {...bind("Security")}>
        {securities.map((one) => (
          <option key={one} value={one}>
            {t(`mailbox.security.${one}`)}
          </option>
        ))}
      </SelectField>
    </fieldset>
  )
}
