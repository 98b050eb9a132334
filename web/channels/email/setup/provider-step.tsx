import { useTexts } from "../../../lib/language.tsx"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"
import { SelectField } from "../../../ui/form-fields.tsx"
import { withProvider } from "./mailbox-form-values.ts"
import { providers } from "./provider-presets.ts"
import { type FieldProps, ServerFields } from "./server-fields.tsx"

/** Step 1: who keeps the mailbox; the servers follow from that, and may be others. */
export function ProviderStep({ isDone, ...fields }: FieldProps & { isDone: boolean }) {
  const { t } = useTexts()
  const { form, change } = fields
  return (
    <SetupStep number={1} title={t("mailbox.provider")} text={t("mailbox.providerText")} isDone={isDone}>
      <SelectField
        label={t("mailbox.providerName")}
        value={form.provider}
        onChange={({ target }) =>
          change(withProvider(form, providers.find((one) => one === target.value) ?? form.provider))
        }
      >
        {providers.map((one) => (
          <option key={one} value={one}>
            {t(`mailbox.provider.${one}`)}
          </option>
        ))}
      </SelectField>
      <p role="status" className="text-sm text-muted [overflow-wrap:anywhere]">
        {t(`mailbox.help.${form.provider}`)}
      </p>
      <ServerFields way="imap" {...fields} />
      <ServerFields way="smtp" {...fields} />
    </SetupStep>
  )
}
