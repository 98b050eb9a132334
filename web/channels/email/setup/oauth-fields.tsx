import { useTexts } from "../../../lib/language.tsx"
import { useFieldError } from "../../../lib/problem-text.ts"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { Snippet } from "../../../ui/copy-button-and-snippet.tsx"
import { InputField, SelectField } from "../../../ui/form-fields.tsx"
import { SecretField } from "../../../ui/secret-field.tsx"
import { isOtherApp, signInAt } from "./oauth-form-values.ts"
import type { FieldProps } from "./server-fields.tsx"

/** A password or the sign-in of its provider. */
export function LoginChoice({ form, change }: FieldProps) {
  const { t } = useTexts()
  const at = signInAt(form.provider)
  if (at === null) return null
  return (
    <SelectField
      label={t("mailbox.login")}
      value={form.auth}
      onChange={({ target }) => change({ ...form, auth: target.value })}
    >
      <option value="password">{t("mailbox.login.password")}</option>
      <option value="oauth">{t(`mailbox.login.${at}`)}</option>
    </SelectField>
  )
}

/** The desk's own app there, which is made once and serves all its mailboxes. */
export function OAuthFields({ connection, form, change, error }: FieldProps & { connection: Connection | undefined }) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  const at = signInAt(form.provider)
  const isKept = (connection?.secretsSet.includes("clientSecret") ?? false) && !isOtherApp(form, connection)
  if (at === null) return null
  return (
    <>
      <p className="text-sm text-muted">{t(`mailbox.oauth.${at}`)}</p>
      <div className="grid gap-1">
        <p className="text-sm font-strong">{t("mailbox.oauth.redirect")}</p>
        <Snippet label={t("mailbox.oauth.redirect")} text={`${location.origin}/api/v1/oauth/callback`} />
      </div>
      <InputField
        label={t("mailbox.oauth.clientId")}
        required
        maxLength={300}
        spellCheck={false}
        autoComplete="off"
        error={fieldError("settings.oauth.clientId")}
        value={form.clientId}
        onChange={({ target }) => change({ ...form, clientId: target.value })}
      />
      <SecretField
        label={t("mailbox.oauth.clientSecret")}
        required
        minLength={1}
        maxLength={1_000}
        error={fieldError("settings.clientSecret")}
        isSet={isKept}
        value={form.clientSecret}
        onChange={(value) => change({ ...form, clientSecret: value ?? "" })}
      />
      {at === "microsoft" && (
        <InputField
          label={t("mailbox.oauth.tenant")}
          aside={t("field.optional")}
          hint={t("mailbox.oauth.tenantHint")}
          maxLength={100}
          spellCheck={false}
          error={fieldError("settings.oauth.tenant")}
          value={form.tenant}
          onChange={({ target }) => change({ ...form, tenant: target.value })}
        />
      )}
    </>
  )
}
