import { useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { type Connection, useConnectionMutations } from "../../../settings/connections/connection-queries.ts"
import { SettingsPageLayout } from "../../../settings/settings-page-layout.tsx"
import type { SetupPageProps } from "../../connection-setup-type.ts"
import { toast } from "../../../ui/toast.tsx"
import { MailboxHealth } from "../health/mailbox-health.tsx"
import { QuarantinedMails } from "../health/quarantined-mails.tsx"
import { AccountStep } from "./account-step.tsx"
import { MailboxDetails } from "./mailbox-details.tsx"
import { mailboxChangeOf, type MailboxForm, mailboxFormOf } from "./mailbox-form-values.ts"
import { usesSignIn } from "./oauth-form-values.ts"
import { ProviderStep } from "./provider-step.tsx"
import { useSignInIfNeeded } from "./sign-in-queries.ts"
import { TestStep } from "./test-step.tsx"
import { useVerification } from "./verification-query.ts"

/** A mailbox in three steps; the same page to look after it later. */
export function MailboxPage({ connection, onMade }: SetupPageProps) {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const { create, change: save } = useConnectionMutations("in the form")
  const verification = useVerification()
  const signIn = useSignInIfNeeded((id) => verification.mutate(id))
  const [form, setForm] = useState<MailboxForm>(() => mailboxFormOf(connection))
  const change = (part: Partial<MailboxForm>) => setForm((before) => ({ ...before, ...part }))
  const saving = connection ? save : create
  const saved = ({ id }: Connection) => {
    change({ password: "", smtpPassword: "", clientSecret: "" })
    // Without the access there is nothing to test yet.
    if (usesSignIn(form, connection)) signIn.mutate(id)
    else verification.mutate(id)
    if (connection) return toast(t("action.saved"))
    onMade(id)
    void navigate({ to: "/settings/connections/$id", params: { id }, replace: true })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = mailboxChangeOf(form, connection, language)
    if (connection) save.mutate({ id: connection.id, ...body }, { onSuccess: saved })
    else create.mutate({ kind: "email", ...body }, { onSuccess: saved })
  }
  const fields = { form, change, error: saving.error }
  return (
    <SettingsPageLayout title={connection?.name ?? t("mailbox.new")} intro={t("mailbox.intro")}>
      {connection && <MailboxHealth id={connection.id} />}
      <form onSubmit={submit}>
        <ol>
          <ProviderStep {...fields} isDone={connection !== undefined} />
          <AccountStep
            {...fields}
            {...{ connection }}
            signInError={signIn.error}
            isPending={saving.isPending || signIn.isPending || verification.isPending}
          />
          <TestStep
            {...{ connection }}
            provider={form.provider}
            test={() => connection && verification.mutate(connection.id)}
            isPending={verification.isPending}
            error={verification.error}
          />
        </ol>
      </form>
      {connection && <MailboxDetails key={connection.id} connection={connection} />}
      {connection && <QuarantinedMails connectionId={connection.id} />}
    </SettingsPageLayout>
  )
}
