import { type FormEvent, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useConnectionMutations, type Connection } from "../../../settings/connections/connection-queries.ts"
import { SettingsPageLayout } from "../../../settings/settings-page-layout.tsx"
import { Button } from "../../../ui/button.tsx"
import { CheckboxField } from "../../../ui/form-fields.tsx"
import { EmptyState } from "../../../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import { toast } from "../../../ui/toast.tsx"
import { AllowedSitesField } from "./allowed-sites-field.tsx"
import { ChatPreview } from "./chat-preview.tsx"
import { type ChatForm, chatChangeOf, chatFormOf } from "./chat-form-values.ts"
import { EmbedInstructions } from "./embed-instructions.tsx"
import { HoursFields } from "./hours-fields.tsx"
import { LookFields } from "./look-fields.tsx"
import { PreChatFields } from "./pre-chat-fields.tsx"

/** How a chat looks and where it may stand, beside what becomes of it. */
export function ChatSettingsPage({ connection }: { connection: Connection | undefined }) {
  const { t } = useTexts()
  if (!connection) return <EmptyState title={t("connections.empty")} text={t("refusal.not_found")} />
  return <Settings key={connection.id} connection={connection} />
}

function Settings({ connection }: { connection: Connection }) {
  const { t } = useTexts()
  const { change: saving } = useConnectionMutations("in the form")
  const [form, setForm] = useState<ChatForm>(() => chatFormOf(connection))
  const change = (part: Partial<ChatForm>) => setForm((before) => ({ ...before, ...part }))
  const save = (event: FormEvent) => {
    event.preventDefault()
    const saved = () => toast(t("action.saved"))
    saving.mutate({ id: connection.id, ...chatChangeOf(form) }, { onSuccess: saved })
  }
  const fields = { form, change, error: saving.error }
  return (
    <SettingsPageLayout title={connection.name} intro={t("webChat.intro")}>
      <div className="grid gap-8 min-[1100px]:grid-cols-[minmax(0,1fr)_384px]">
        <form onSubmit={save} noValidate className="grid content-start gap-4">
          <h3 className="text-lg font-strong">{t("webChat.look")}</h3>
          <LookFields {...fields} />
          <h3 className="mt-4 text-lg font-strong">{t("webChat.where")}</h3>
          <AllowedSitesField {...fields} />
          <h3 className="mt-4 text-lg font-strong">{t("webChat.before")}</h3>
          <PreChatFields {...fields} />
          <h3 className="mt-4 text-lg font-strong">{t("webChat.hours")}</h3>
          <HoursFields {...fields} />
          <CheckboxField
            label={t("webChat.transcript")}
            hint={t("webChat.transcriptHint")}
            checked={form.transcript}
            onChange={({ target }) => change({ transcript: target.checked })}
          />
          <ProblemLine error={saving.error} about={t("settings.saveFailed")} />
          <div>
            <Button type="submit" look="primary" disabled={saving.isPending}>
              {t("action.save")}
            </Button>
          </div>
        </form>
        <div className="min-[1100px]:sticky min-[1100px]:top-4 min-[1100px]:self-start">
          <ChatPreview id={connection.id} name={connection.name} form={form} />
        </div>
      </div>
      <div className="mt-8 border-t border-line pt-6">
        <EmbedInstructions id={connection.id} />
      </div>
    </SettingsPageLayout>
  )
}
