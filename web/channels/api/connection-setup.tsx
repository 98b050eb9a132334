import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { SetupSection } from "../../settings/connections/titled-setup-section.tsx"
import { Snippet } from "../../ui/copy-button-and-snippet.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import type { ConnectionSetup, OwnFieldsProps } from "../connection-setup-type.ts"

export const apiSetup: ConnectionSetup = {
  Instructions,
  Fields: ReplyUrlField,
  settingsOf: ({ replyUrl }) => (replyUrl.trim() ? { replyUrl: replyUrl.trim() } : undefined),
}

function ReplyUrlField({ bind, error }: OwnFieldsProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(error)
  return (
    <InputField
      label={t("connections.replyUrl")}
      aside={t("field.optional")}
      hint={t("connections.replyUrlHint")}
      type="url"
      error={fieldError("settings.replyUrl")}
      {...bind("replyUrl")}
    />
  )
}

function Instructions({ id }: { id: string }) {
  const { t } = useTexts()
  const example = [
    `curl ${location.origin}/api/v1/connections/${id}/messages \\`,
    `  -H 'authorization: Bearer hilo_…' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"externalId":"abc-1","contact":{"id":"+573001234567","name":"Carla"},"text":"Hola"}'`,
  ].join("\n")
  return (
    <SetupSection title={t("connections.curl")} text={t("connections.curlText")}>
      <Snippet label={t("connections.curl")} text={example} />
    </SetupSection>
  )
}
