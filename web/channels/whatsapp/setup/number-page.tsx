import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { toast } from "../../../ui/toast.tsx"
import { useConnectionMutations, type Connection } from "../../../settings/connections/connection-queries.ts"
import { SettingsPageLayout } from "../../../settings/settings-page-layout.tsx"
import type { SetupPageProps } from "../../connection-setup-type.ts"
import { ChecksStep } from "./checks-step.tsx"
import { NumberAndKeysForm } from "./number-and-keys-form.tsx"
import { connectionChangeOf, numberFormOf, type NumberForm } from "./number-form-values.ts"
import { WebhookStep } from "./webhook-step.tsx"

/** A number of WhatsApp in four steps; the same page to look after it later. */
export function NumberPage({ connection, onMade }: SetupPageProps) {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const { create, change } = useConnectionMutations("in the form")
  const [form, setForm] = useState<NumberForm>(() => numberFormOf(connection, language))
  // What was given to Meta is shown as long as this page is open; the server never shows it again.
  const [verifyToken, setVerifyToken] = useState("")
  const saving = connection ? change : create
  const saved = (made: Connection) => {
    if (form.verifyToken) setVerifyToken(form.verifyToken)
    setForm({ ...form, accessToken: "", appSecret: "", verifyToken: "" })
    if (connection) return toast(t("action.saved"))
    onMade(made.id)
    void navigate({ to: "/settings/connections/$id", params: { id: made.id }, replace: true })
  }
  const save = () => {
    const body = connectionChangeOf(form)
    if (connection) change.mutate({ id: connection.id, ...body }, { onSuccess: saved })
    else create.mutate({ kind: "whatsapp", ...body }, { onSuccess: saved })
  }
  return (
    <SettingsPageLayout title={connection ? connection.name : t("whatsapp.new")} intro={t("whatsapp.intro")}>
      <ol>
        <NumberAndKeysForm {...{ connection, form, setForm, save, isPending: saving.isPending, error: saving.error }} />
        <WebhookStep connection={connection} verifyToken={verifyToken} onToken={setVerifyToken} />
        <ChecksStep connection={connection} />
      </ol>
    </SettingsPageLayout>
  )
}
