import { useTexts } from "../../lib/language.tsx"
import { useFieldError, usePlainProblem } from "../../lib/problem.ts"
import { Button } from "../../ui/button.tsx"
import { Choice, Field } from "../../ui/field.tsx"
import type { Connection } from "../connections.ts"
import { languages } from "#texts/contract.ts"
import { secrets, type NumberForm } from "./number.ts"
import { SecretField } from "./secret-field.tsx"
import { Step } from "./step.tsx"

interface Props {
  connection: Connection | undefined
  form: NumberForm
  setForm: (form: NumberForm) => void
  save: () => void
  isPending: boolean
  error: unknown
}

/** Steps 1 and 2: which number it is, and what lets us speak for it. Saved together, for neither works alone. */
export function KeysForm({ connection, form, setForm, save, isPending, error }: Props) {
  const { t } = useTexts()
  const say = usePlainProblem()
  const isSet = (name: string) => connection?.secretsSet.includes(name) ?? false
  const bind = (name: keyof NumberForm) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  const formId = "whatsapp-number"
  return (
    <>
      <Step number={1} title={t("whatsapp.where")} text={t("whatsapp.whereText")} isDone={Boolean(connection)}>
        <form
          id={formId}
          className="hidden"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        />
        <Whose {...{ bind, formId, error }} />
      </Step>
      <Step
        number={2}
        title={t("whatsapp.keys")}
        text={t("whatsapp.keysText")}
        isDone={isSet("accessToken") && isSet("appSecret")}
      >
        {secrets.slice(0, 2).map((secret) => (
          <SecretField key={secret} {...{ secret, formId, error, isSet: isSet(secret), ...bind(secret) }} />
        ))}
        {!connection && (
          <SecretField {...{ secret: "verifyToken", formId, error, isSet: false, ...bind("verifyToken") }} />
        )}
        {Boolean(error) && (
          <p role="alert" className="text-red">
            {t("settings.saveFailed")} {say(error)}
          </p>
        )}
        <div>
          <Button type="submit" form={formId} look="primary" disabled={isPending}>
            {connection ? t("action.save") : t("whatsapp.saveAndGoOn")}
          </Button>
        </div>
      </Step>
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
      <Field
        label={t("field.name")}
        hint={t("whatsapp.nameHint")}
        form={formId}
        required
        maxLength={100}
        error={fieldError("name")}
        {...bind("name")}
      />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Field
          label={t("whatsapp.phoneNumberId")}
          hint={t("whatsapp.phoneNumberIdHint")}
          required
          error={fieldError("settings.phoneNumberId")}
          {...digits}
          {...bind("phoneNumberId")}
        />
        <Field
          label={t("whatsapp.wabaId")}
          hint={t("whatsapp.wabaIdHint")}
          required
          error={fieldError("settings.wabaId")}
          {...digits}
          {...bind("wabaId")}
        />
      </div>
      <Choice label={t("whatsapp.language")} hint={t("whatsapp.languageHint")} form={formId} {...bind("language")}>
        {languages.map((one) => (
          <option key={one} value={one}>
            {t(`language.${one}`)}
          </option>
        ))}
      </Choice>
    </>
  )
}
