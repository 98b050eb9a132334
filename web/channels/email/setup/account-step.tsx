import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"
import { Button } from "../../../ui/button.tsx"
import { CheckboxField, InputField } from "../../../ui/form-fields.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import { SecretField } from "../../../ui/secret-field.tsx"
import { LoginChoice, OAuthFields } from "./oauth-fields.tsx"
import { usesSignIn } from "./oauth-form-values.ts"
import { SignInState } from "./sign-in-state.tsx"
import { isMoved, type MailboxForm, wasOn, withAddress } from "./mailbox-form-values.ts"
import type { FieldProps } from "./server-fields.tsx"
import { StartFields } from "./start-fields.tsx"

interface Props extends FieldProps {
  connection: Connection | undefined
  /** Why the way to the provider did not open, once it was saved. */
  signInError: unknown
  isPending: boolean
}

/** Step 2: whose mailbox it is, and what opens it. */
export function AccountStep({ connection, signInError, isPending, ...fields }: Props) {
  const { t } = useTexts()
  const { form, change, error } = fields
  const fieldError = useFieldError(error)
  const isSignedIn = usesSignIn(form, connection)
  const isStored = connection?.settings["auth"] === "oauth" && connection.secretsSet.includes("clientSecret")
  return (
    <SetupStep
      number={2}
      title={t("mailbox.account")}
      text={t("mailbox.accountText")}
      isDone={connection?.secretsSet.includes(isSignedIn ? "clientSecret" : "password") ?? false}
    >
      <InputField
        label={t("mailbox.address")}
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        error={fieldError("settings.address")}
        value={form.address}
        onChange={({ target }) => change(withAddress(form, target.value))}
      />
      <LoginChoice {...fields} />
      {isSignedIn ? (
        <OAuthFields {...{ connection, ...fields }} />
      ) : (
        <Password name="password" {...{ connection, ...fields }} />
      )}
      {isSignedIn && isStored && <SignInState id={connection.id} provider={form.provider} />}
      <Users {...fields} />
      {form.hasSmtpLogin && !isSignedIn && <Password name="smtpPassword" {...{ connection, ...fields }} />}
      <Names {...fields} />
      <StartFields isNew={!wasOn(connection)} {...fields} />
      <ProblemLine error={error} about={t("settings.saveFailed")} />
      {isSignedIn && !error && <ProblemLine error={signInError} />}
      <div>
        <Button type="submit" look="primary" disabled={isPending}>
          {t(isSignedIn && !isStored ? "mailbox.saveAndSignIn" : "mailbox.saveAndTest")}
        </Button>
      </div>
    </SetupStep>
  )
}

function Users(fields: FieldProps) {
  const { t } = useTexts()
  const { form, change, error } = fields
  const fieldError = useFieldError(error)
  const bind = binder(fields)
  return (
    <>
      <InputField
        label={t("mailbox.user")}
        aside={t("field.optional")}
        hint={t("mailbox.userHint")}
        maxLength={254}
        autoComplete="off"
        error={fieldError("settings.imap.user")}
        {...bind("user")}
      />
      <CheckboxField
        label={t("mailbox.ownSmtpLogin")}
        checked={form.hasSmtpLogin}
        onChange={({ target }) => change({ hasSmtpLogin: target.checked })}
      />
      {form.hasSmtpLogin && (
        <InputField
          label={t("mailbox.smtpUser")}
          aside={t("field.optional")}
          hint={t("mailbox.smtpUserHint")}
          maxLength={254}
          autoComplete="off"
          error={fieldError("settings.smtp.user")}
          {...bind("smtpUser")}
        />
      )}
    </>
  )
}

type TextName = { [Name in keyof MailboxForm]: MailboxForm[Name] extends string ? Name : never }[keyof MailboxForm]

const binder =
  ({ form, change }: FieldProps) =>
  (name: TextName) => ({
    value: form[name],
    onChange: ({ target }: { target: { value: string } }) => change({ ...form, [name]: target.value }),
  })

/** One that is kept is for the server that it was given for. */
function Password({
  name,
  connection,
  form,
  change,
  error,
}: FieldProps & { name: "password" | "smtpPassword"; connection: Connection | undefined }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const isKept = connection?.secretsSet.includes(name) ?? false
  const mustRepeat = isKept && isMoved(form, connection, name)
  const hint = name === "smtpPassword" ? t("mailbox.smtpPasswordHint") : undefined
  return (
    <SecretField
      label={t(`mailbox.${name}`)}
      hint={mustRepeat ? t("mailbox.passwordAgain") : hint}
      required={name === "password" || mustRepeat}
      minLength={1}
      maxLength={1_000}
      error={fieldError(`settings.${name}`)}
      isSet={isKept && !mustRepeat}
      value={form[name]}
      onChange={(value) => change({ ...form, [name]: value ?? "" })}
    />
  )
}

function Names({ form, change, error }: FieldProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const bind = binder({ form, change, error })
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <InputField
        label={t("mailbox.senderName")}
        aside={t("field.optional")}
        hint={t("mailbox.senderNameHint")}
        maxLength={100}
        error={fieldError("settings.name")}
        {...bind("senderName")}
      />
      <InputField
        label={t("field.name")}
        aside={t("field.optional")}
        hint={t("mailbox.nameHint")}
        maxLength={100}
        error={fieldError("name")}
        {...bind("name")}
      />
    </div>
  )
}
