import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import { Button } from "../../../ui/button.tsx"
import { SelectField, InputField } from "../../../ui/form-fields.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import { SecretField } from "../../../ui/secret-field.tsx"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { languages } from "#texts/languages-and-text-ids.ts"
import { secretNames, type NumberForm, type SecretName } from "./number-form-values.ts"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"

interface Props {
  connection: Connection | undefined
  form: NumberForm
  setForm: (form: NumberForm) => void
  save: () => void
  isPending: boolean
  error: unknown
}

/** Steps 1 and 2: which number it is, and what lets us speak for it. Saved together, for neither works alone. */
export function NumberAndKeysForm({ connection, form, setForm, save, isPending, error }: Props) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const isSet = (name: string) => connection?.secretsSet.includes(name) ?? false
  const bind = (name: keyof NumberForm) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  const formId = "whatsapp-number"
  const bindSecret = (secret: SecretName) => ({
    label: t(`whatsapp.${secret}`),
    hint: t(`whatsapp.${secret}Hint`),
    form: formId,
    required: true,
    maxLength: 1000,
    error: fieldError(`settings.${secret}`),
    isSet: isSet(secret),
    value: form[secret],
    onChange: (value: string | null) => setForm({ ...form, [secret]: value ?? "" }),
  })
  return (
    <>
      <SetupStep number={1} title={t("whatsapp.where")} text={t("whatsapp.whereText")} isDone={Boolean(connection)}>
        <form
          id={formId}
          className="hidden"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        />
        <Whose {...{ bind, formId, error }} />
      </SetupStep>
      <SetupStep
        number={2}
        title={t("whatsapp.keys")}
        text={t("whatsapp.keysText")}
        isDone={isSet("accessToken") && isSet("appSecret")}
      >
        {secretNames.slice(0, 2).map((secret) => (
          <SecretField key={secret} {...bindSecret(secret)} />
        ))}
        {!connection && <SecretField {...bindSecret("verifyToken")} type="text" autoComplete="off" />}
        <ProblemLine error={error} about={t("settings.saveFailed")} />
        <div>
          <Button type="submit" form={formId} look="primary" disabled={isPending}>
            {connection ? t("action.save") : t("whatsapp.saveAndGoOn")}
          </Button>
        </div>
      </SetupStep>
    </>
  )
}

interface WhoseProps {
  bind: (name: keyof NumberForm) => { value: string; onChange: (event: { target: { value: string } }) => void }
  formId: string
  error: unknown
}

function Whose({ bind, formId, error }: WhoseProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const digits = { form: formId, inputMode: "numeric", pattern: "[0-9]{5,30}", maxLength: 30 } as const
  return (
    <>
      <InputField
        label={t("field.name")}
        hint={t("whatsapp.nameHint")}
        form={formId}
        required
        maxLength={100}
        error={fieldError("name")}
        {...bind("name")}
      />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <InputField
          label={t("whatsapp.phoneNumberId")}
          hint={t("whatsapp.phoneNumberIdHint")}
          required
          error={fieldError("settings.phoneNumberId")}
          {...digits}
          {...bind("phoneNumberId")}
        />
        <InputField
          label={t("whatsapp.wabaId")}
          hint={t("whatsapp.wabaIdHint")}
          required
          error={fieldError("settings.wabaId")}
          {...digits}
          {...bind("wabaId")}
        />
      </div>
      <SelectField label={t("whatsapp.language")} hint={t("whatsapp.languageHint")} form={formId} {...bind("language")}>
        {languages.map((one) => (
          <option key={one} value={one}>
            {t(`language.${one}`)}
          </option>
        ))}
      </SelectField>
    </>
  )
}
