import { Problem } from "../../../lib/api-client.ts"
import { useTexts } from "../../../lib/language.tsx"
import { TextAreaField } from "../../../ui/form-fields.tsx"
import { type ChatFields, siteLines } from "./chat-form-values.ts"

/** The sites whose pages may show the chat, one a line. */
export function AllowedSitesField({ form, change, error }: ChatFields) {
  const { t } = useTexts()
  const wrong =
    error instanceof Problem ? error.errors.find(({ path }) => path.startsWith("settings.sites")) : undefined
  const place = /\.(\d+)$/.exec(wrong?.path ?? "")?.[1]
  const site = place === undefined ? "" : (siteLines(form.sites)[Number(place)] ?? "")
  return (
    <TextAreaField
      label={t("webChat.sites")}
      hint={t("webChat.sitesHint")}
      aside={t("field.optional")}
      rows={3}
      spellCheck={false}
      placeholder="https://www.example.com"
      error={wrong && t("webChat.sitesWrong", { site })}
      value={form.sites}
      onChange={({ target }) => change({ sites: target.value })}
    />
  )
}
